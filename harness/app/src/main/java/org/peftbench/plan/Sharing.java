package org.peftbench.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Rate;
import org.peftbench.model.Tap;

/**
 * Which cells may share a pass: one process, in which one run of the frozen backbone for a batch,
 * or one reading of its cached taps, serves them all.
 *
 * <p>They are cells of methods that only read the backbone, of one task and one protocol; each has
 * its own method, options, rate and seed. Losses are those of cells that run alone; costs are not.
 *
 * @param most learners of a pass; 1 lets every cell run alone
 * @param acrossSeeds whether cells of several seeds share a process: each seed has its own batches,
 *     and so its own run of the backbone for each
 */
public record Sharing(int most, boolean acrossSeeds) {

  /** Every cell runs alone. */
  public static final Sharing NONE = new Sharing(1, false);

  private static final Rate ANY_RATE = new Rate(1, false, false, 0, Optional.empty());

  /** Checks the number. */
  public Sharing {
    if (most < 1) {
      throw new IllegalArgumentException("a pass of " + most + " learners");
    }
  }

  /** What cells of a pass have in common. */
  private record Pass(
      String data,
      String task,
      String dataSha256,
      BackboneChoice backbone,
      Protocol protocol,
      DeviceType device,
      Optional<String> jar,
      List<Tap> cachedTaps,
      OptionalLong seed) {

    static Pass of(PlannedCell planned, boolean acrossSeeds) {
      var cell = planned.cell();
      Protocol protocol = cell.protocol();
      boolean live = protocol.features() == Features.LIVE;
      return new Pass(
          planned.data(),
          cell.task(),
          cell.dataSha256(),
          cell.backbone(),
          protocol.forMethod(ANY_RATE, protocol.features(), protocol.backboneMemory()),
          cell.device(),
          cell.method().plugin(),
          live ? List.of() : planned.taps(),
          acrossSeeds ? OptionalLong.empty() : OptionalLong.of(cell.seed()));
    }
  }

  /** Whether a cell would run beside others, if there were any. */
  public boolean mayShare(PlannedCell planned) {
    return most > 1 && !planned.taps().isEmpty() && planned.hopeless().isEmpty();
  }

  /**
   * Divides cells into passes, each in the order of its first cell.
   *
   * @param places of cells in a plan
   * @param cells of that plan
   */
  public List<List<Integer>> passes(List<Integer> places, List<PlannedCell> cells) {
    List<List<Integer>> passes = new ArrayList<>();
    Map<Pass, List<Integer>> open = new LinkedHashMap<>();
    for (int place : places) {
      PlannedCell planned = cells.get(place);
      if (!mayShare(planned)) {
        passes.add(List.of(place));
        continue;
      }
      Pass key = Pass.of(planned, acrossSeeds);
      List<Integer> pass = open.get(key);
      if (pass == null || pass.size() == most) {
        pass = new ArrayList<>();
        open.put(key, pass);
        passes.add(pass);
      }
      pass.add(place);
    }
    return passes;
  }
}
