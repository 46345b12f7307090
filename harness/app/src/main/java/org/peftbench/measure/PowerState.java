package org.peftbench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells whether a machine saves power, which makes it slower than it can be; on Linux only. */
final class PowerState {

  private static final Path SYSTEM = Path.of("/sys");
  private static final Set<String> SAVING = Set.of("low-power", "quiet", "cool");

  private PowerState() {}

  /** What makes times suspect, a sentence each. */
  static List<String> taints() {
    return taints(SYSTEM);
  }

  static List<String> taints(Path system) {
    List<String> taints = new ArrayList<>();
    Path supplies = system.resolve("class/power_supply");
    try (DirectoryStream<Path> batteries = Files.newDirectoryStream(supplies, "BAT*")) {
      for (Path battery : batteries) {
        if (read(battery.resolve("status")).equals("Discharging")) {
          taints.add("the machine ran on its battery");
          break;
        }
      }
    } catch (IOException e) {
      // No Linux, or no power supplies that it knows of.
    }
    String profile = read(system.resolve("firmware/acpi/platform_profile"));
    if (SAVING.contains(profile)) {
      taints.add("the machine was in its power profile " + profile);
    }
    return List.copyOf(taints);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
