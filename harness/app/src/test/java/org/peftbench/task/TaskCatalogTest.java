package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCatalogTest {

  @Test
  void holdsVtabsNineteenTasks() {
    assertEquals(19, TaskCatalog.group("vtab").size());
    assertEquals(7, TaskCatalog.group("vtab.natural").size());
    assertEquals(4, TaskCatalog.group("vtab.specialized").size());
    assertEquals(8, TaskCatalog.group("vtab.structured").size());
    assertEquals(TaskCatalog.group("vtab.specialized"), TaskCatalog.group("vtab.specialised"));
  }

  @Test
  void pocketHasTwoTasksForEachGroup() {
    assertEquals(TaskCatalog.pocket(), TaskCatalog.group("pocket"));
    for (String group : List.of("natural", "specialized", "structured")) {
      assertEquals(2, TaskCatalog.group("pocket." + group).size());
    }
    assertTrue(TaskCatalog.isRendered("pocket_count"));
    assertTrue(TaskCatalog.isRendered("pocket.natural"));
    assertFalse(TaskCatalog.isRendered("vtab"));
    assertFalse(TaskCatalog.isRendered("clevr_count"));
    assertFalse(TaskCatalog.isRendered("my_folder"));
  }

  @Test
  void everySelectorStandsForTasks() {
    for (String selector : TaskCatalog.groupSelectors()) {
      assertTrue(TaskCatalog.group(selector).size() > 1, selector);
    }
    assertEquals(List.of(), TaskCatalog.group("vtab.other"));
  }

  @Test
  void noNameStandsForTwoTasks() {
    Set<String> names = new HashSet<>();
    for (Task task :
        Stream.concat(TaskCatalog.vtab().stream(), TaskCatalog.pocket().stream()).toList()) {
      assertTrue(names.add(task.name()), task.name());
      task.aliases().forEach(alias -> assertTrue(names.add(alias), alias));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cifar, cifar100, 100, 10000",
    "oxford_flowers102, flowers102, 102, 6149",
    "oxford_iiit_pet, pets, 37, 3669",
    "oxford_pet, pets, 37, 3669",
    "sun397, sun397, 397, 21750",
    "smallnorb_azi, smallnorb_azi, 18, 12150",
  })
  void aliasesLeadToTheCanonicalTask(String alias, String name, int classes, int testImages) {
    Task task = TaskCatalog.find(alias).orElseThrow();
    assertEquals(name, task.name());
    assertEquals(classes, task.classes());
    assertEquals(testImages, task.officialTestImages().orElseThrow());
  }
}
