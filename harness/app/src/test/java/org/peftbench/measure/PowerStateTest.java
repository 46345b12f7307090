package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerStateTest {

  @TempDir private Path system;

  @Test
  void aMachineThatSavesPowerSaysHow() throws IOException {
    write("class/power_supply/BAT0/status", "Discharging");
    write("class/power_supply/BAT1/status", "Discharging");
    write("firmware/acpi/platform_profile", "low-power");
    assertEquals(
        List.of("the machine ran on its battery", "the machine was in its power profile low-power"),
        PowerState.taints(system));
  }

  @Test
  void aMachineOnThePlugOrWithoutAnyKnowledgeIsNotTainted() throws IOException {
    assertEquals(List.of(), PowerState.taints(system));
    write("class/power_supply/BAT0/status", "Charging");
    write("firmware/acpi/platform_profile", "balanced");
    assertEquals(List.of(), PowerState.taints(system));
  }

  private void write(String name, String text) throws IOException {
    Path file = system.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }
}
