package org.peftbench;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The arrows between packages, of app and of the spi it is built on. */
@AnalyzeClasses(packages = "org.peftbench", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "org.peftbench.";

  /** Fewer would mean that the rules below look at nothing. */
  private static final int FEWEST_CLASSES = 200;

  private static final String[] ABOVE_THE_PARTS = {
    ROOT + "run..", ROOT + "worker..", ROOT + "cli.."
  };

  @ArchTest
  static void allClassesAreSeen(JavaClasses seen) {
    assertTrue(seen.size() >= FEWEST_CLASSES, () -> "only " + seen.size() + " classes");
    for (String packageName :
        List.of("spi", "model", "layers", "training", "plan", "worker", "cli")) {
      assertTrue(seen.containPackage(ROOT + packageName), packageName);
    }
  }

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses seen) {
    List<String> unmarked =
        seen.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertEquals(List.of(), unmarked);
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule cellIsALeaf =
      classes()
          .that()
          .resideInAPackage(ROOT + "cell")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..", ROOT + "cell");

  @ArchTest
  static final ArchRule resultSeesCellAndReadingsOnly =
      classes()
          .that()
          .resideInAPackage(ROOT + "result")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson..",
              "org.peftbench",
              ROOT + "measure..",
              ROOT + "cell",
              ROOT + "file",
              ROOT + "result");

  @ArchTest
  static final ArchRule partsDoNotSeeWhoUsesThem =
      noClasses()
          .that()
          .resideInAnyPackage(
              packages(
                  "image",
                  "weights",
                  "task",
                  "render",
                  "pocket",
                  "pretrain",
                  "plugin",
                  "measure",
                  "report",
                  "train"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ABOVE_THE_PARTS);

  @ArchTest
  static final ArchRule aChildDoesNotSeeItsParent =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "worker")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("run", "cli"));

  @ArchTest
  static final ArchRule aRunDoesNotSeeTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "run")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "cli");

  private static final String[] SEEN_BY_METHODS = packages("spi", "model", "layers");

  @ArchTest
  static final ArchRule methodsAreWrittenAgainstSpiModelAndLayersAlone =
      noClasses()
          .that()
          .resideInAnyPackage(SEEN_BY_METHODS)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.peftbench..")
                  .and(DescribedPredicate.not(resideInAnyPackage(SEEN_BY_METHODS))));

  @ArchTest
  static final ArchRule trainingSeesWhatMethodsSee =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "training")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.peftbench..")
                  .and(DescribedPredicate.not(resideInAnyPackage(SEEN_BY_METHODS)))
                  .and(DescribedPredicate.not(resideInAPackage(ROOT + "training"))));

  // A child's main classes speak to their parent over the standard streams.
  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.Worker")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.EngineTrial")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.StepTrial")
          .should(ACCESS_STANDARD_STREAMS);

  // They also end it: EngineTrial and StepTrial with their answer, Worker after its last word,
  // Parent (the child's
  // line to its parent) when that line is cut.
  @ArchTest
  static final ArchRule onlyTheCommandLineExits =
      classes()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.Worker")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.EngineTrial")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.StepTrial")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "worker.Parent")
          .should(never(callMethodWhere(ends(System.class, "exit"))))
          .andShould(never(callMethodWhere(ends(Runtime.class, "exit"))))
          .andShould(never(callMethodWhere(ends(Runtime.class, "halt"))));

  @ArchTest
  static final ArchRule onlyTheCommandLineSeesPicocliAndGuice =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "com.google.inject..", "jakarta.inject..");

  @ArchTest
  static final ArchRule onlyTablesInCsvSeeCommonsCsv =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "report")
          .or()
          .haveSimpleNameNotContaining("Csv")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.csv..");

  private static String[] packages(String... names) {
    return List.of(names).stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaMethodCall> ends(Class<?> type, String method) {
    DescribedPredicate<JavaMethodCall> calls =
        target(name(method)).and(target(owner(JavaClass.Predicates.type(type)))).forSubtype();
    return calls.as("the call ends the JVM by %s.%s", type.getSimpleName(), method);
  }
}
