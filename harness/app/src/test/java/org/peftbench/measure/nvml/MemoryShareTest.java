package org.peftbench.measure.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the memory of a child, whose pid is 50, is told from that of others. */
class MemoryShareTest {

  private static final long CHILD = 50;
  private static final Occupancy IDLE = occupancy(100);

  @Test
  void aListedPidIsBelieved() {
    Occupancy before = occupancy(800, held(7, 700));
    MemoryShare share = decide(before, occupancy(1500, held(7, 700), held(CHILD, 650)));
    assertEquals(Attribution.PID, share.how());
    Occupancy later = occupancy(1800, held(7, 700), held(CHILD, 900), held(8, 50));
    assertEquals(Optional.of(900L), share.bytes(later));
    assertEquals(Set.of(7L, 8L), share.others(later));
  }

  @Test
  void aListedPidNeedsNoListFromBefore() {
    Occupancy unlisted = new Occupancy(memory(Optional.of(100L)), Optional.empty());
    assertEquals(Attribution.PID, decide(unlisted, occupancy(1100, held(CHILD, 650))).how());
    assertEquals(Attribution.NONE, decide(unlisted, occupancy(1100, held(7, 650))).how());
  }

  @Test
  void entriesOfAProcessInSeveralInstancesAddUp() {
    MemoryShare share = decide(IDLE, occupancy(1100, held(CHILD, 600), held(CHILD, 50)));
    assertEquals(Attribution.PID, share.how());
    assertEquals(
        Optional.of(700L), share.bytes(occupancy(1100, held(CHILD, 600), held(CHILD, 100))));
    assertEquals(Optional.empty(), share.bytes(occupancy(1100, held(CHILD, 600), unknown(CHILD))));
  }

  @Test
  void hostPidIsTheOneThatIsNew() {
    Occupancy before = occupancy(800, held(90001, 700));
    Occupancy after = occupancy(1500, held(90001, 700), held(90002, 650));
    MemoryShare share = decide(before, after);
    assertEquals(new MemoryShare(Attribution.NEWPID, Optional.of(90002L), before), share);
    assertEquals(Optional.of(650L), share.bytes(after));
    assertEquals(Set.of(90001L), share.others(after));
  }

  @Test
  void hostPidThatHappensToBeTheChildsIsNotTheChild() {
    Occupancy before = occupancy(800, held(CHILD, 700));
    MemoryShare share = decide(before, occupancy(1500, held(CHILD, 700), held(90002, 650)));
    assertEquals(Attribution.NEWPID, share.how());
    assertEquals(Optional.of(90002L), share.listedPid());
  }

  @Test
  void whereTheDriverCountsAsThisSystemDoesAnotherPidIsAnotherProcess() {
    Occupancy after = occupancy(750, held(77, 650));
    Sought child = new Sought(CHILD, Set.of(), false);
    MemoryShare share = MemoryShare.decide(IDLE, after, child);
    assertEquals(Attribution.NONE, share.how());
    assertEquals(Optional.empty(), share.bytes(after));
  }

  @Test
  void ofTwoNewHostPidsASiblingIsNotTheChild() {
    Occupancy after = occupancy(1500, held(90001, 700), held(90002, 650));
    Sought child = new Sought(CHILD, Set.of(90001L), true);
    assertEquals(Optional.of(90002L), MemoryShare.decide(IDLE, after, child).listedPid());
  }

  /** The child is on the GPU, and not listed: the one that is listed is not the child. */
  @Test
  void aNewPidThatExplainsLittleOfTheGrowthIsNotTheChild() {
    Occupancy after = occupancy(1100, held(77, 300));
    assertEquals(Attribution.NONE, decide(IDLE, after).how());
    assertEquals(Optional.empty(), decide(IDLE, after).bytes(after));
  }

  @Test
  void growthOfAGpuWithoutListedProcessesIsTheChilds() {
    MemoryShare share = decide(IDLE, occupancy(1100));
    assertEquals(new MemoryShare(Attribution.DELTA, Optional.empty(), IDLE), share);
    assertEquals(Optional.of(1900L), share.bytes(occupancy(2000)));
    assertEquals(Optional.empty(), share.bytes(IDLE));
  }

  @Test
  void growthIsTheChildsWhereItIsListedWithoutBytes() {
    MemoryShare own = decide(IDLE, occupancy(1100, unknown(CHILD)));
    assertEquals(Attribution.DELTA, own.how());
    MemoryShare host = decide(IDLE, occupancy(1100, unknown(90002)));
    assertEquals(Attribution.DELTA, host.how());
    assertEquals(Optional.of(1400L), host.bytes(occupancy(1500, unknown(90002))));
    assertEquals(Set.of(), host.others(occupancy(1500, unknown(90002))));
  }

  @Test
  void growthIsNobodysWhenASecondProcessAppears() {
    MemoryShare share = decide(IDLE, occupancy(1100, unknown(CHILD)));
    Occupancy shared = occupancy(1500, unknown(CHILD), held(8, 300));
    assertEquals(Optional.empty(), share.bytes(shared));
    assertEquals(Set.of(8L), share.others(shared));
    assertEquals(Attribution.NONE, decide(IDLE, shared).how());
    assertEquals(Set.of(8L), decide(IDLE, shared).others(shared));
  }

  @Test
  void growthOfASharedGpuIsNobodys() {
    Occupancy before = occupancy(800, held(7, 700));
    assertEquals(Attribution.NONE, decide(before, occupancy(1500, held(7, 700))).how());
    assertEquals(
        Attribution.NONE, decide(before, occupancy(1500, held(7, 700), unknown(CHILD))).how());
  }

  @Test
  void ofTwoNewHostPidsNoneIsChosen() {
    Occupancy after = occupancy(1500, held(90001, 700), held(90002, 650));
    MemoryShare share = decide(IDLE, after);
    assertEquals(Attribution.NONE, share.how());
    assertEquals(Optional.empty(), share.bytes(after));
    assertEquals(Set.of(90001L, 90002L), share.others(after));
  }

  @Test
  void nothingIsKnownWithoutAListOrWithoutGrowth() {
    Occupancy unlisted = new Occupancy(memory(Optional.of(1100L)), Optional.empty());
    Occupancy unmeasured = new Occupancy(memory(Optional.empty()), Optional.of(List.of()));
    assertEquals(Attribution.NONE, decide(IDLE, unlisted).how());
    assertEquals(Attribution.NONE, decide(unlisted, occupancy(2000)).how());
    assertEquals(Attribution.NONE, decide(IDLE, unmeasured).how());
    assertEquals(Attribution.NONE, decide(unmeasured, occupancy(1100)).how());
    assertEquals(Attribution.NONE, decide(IDLE, IDLE).how());
  }

  @Test
  void readingsWithAndWithoutTheReserveAreNotSubtracted() {
    DeviceMemory reserveCounted =
        new DeviceMemory(Optional.of(1L << 20), Optional.empty(), Optional.of(1100L));
    Occupancy other = new Occupancy(reserveCounted, Optional.of(List.of()));
    assertEquals(Attribution.NONE, decide(IDLE, other).how());
    assertEquals(Optional.empty(), decide(IDLE, occupancy(1100)).bytes(other));
  }

  @Test
  void aChildThatHasLeftTheGpuHoldsNothingThatIsKnown() {
    MemoryShare share = decide(IDLE, occupancy(1100, held(CHILD, 650)));
    assertEquals(Optional.empty(), share.bytes(IDLE));
  }

  @Test
  void aWayIsAWordInARecord() {
    assertEquals("[pid, newpid, delta, none]", Arrays.toString(Attribution.values()));
  }

  private static MemoryShare decide(Occupancy before, Occupancy after) {
    return MemoryShare.decide(before, after, new Sought(CHILD, Set.of(), true));
  }

  private static Occupancy occupancy(long used, GpuProcess... processes) {
    return new Occupancy(memory(Optional.of(used)), Optional.of(List.of(processes)));
  }

  private static DeviceMemory memory(Optional<Long> used) {
    return new DeviceMemory(Optional.of(1L << 20), Optional.of(10L), used);
  }

  private static GpuProcess held(long pid, long bytes) {
    return new GpuProcess(pid, Optional.of(bytes));
  }

  private static GpuProcess unknown(long pid) {
    return new GpuProcess(pid, Optional.empty());
  }
}
