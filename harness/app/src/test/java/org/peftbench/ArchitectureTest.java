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
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The arrows between packages, of app and of the spi it is built on. */
@AnalyzeClasses(packages = "org.peftbench", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "org.peftbench.";

  /** Fewer would mean that the rules below look at nothing. */
  private static final int FEWEST_CLASSES = 200;

  /** Each may see those behind it, and none those before it. */
  private static final List<String> SPINE =
      List.of("cli", "run", "plan", "child", "worker", "link", "cell");

  @ArchTest
  static void allClassesAreSeen(JavaClasses seen) {
    assertTrue(seen.size() >= FEWEST_CLASSES, () -> "only " + seen.size() + " classes");
    Stream.concat(SPINE.stream(), Stream.of("spi", "model", "layers", "training", "file"))
        .forEach(name -> assertTrue(seen.containPackage(ROOT + name), name));
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
  static final ArchRule cellSeesOnlyWhatItsChoicesAre =
      classes()
          .that()
          .resideInAPackage(ROOT + "cell")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson.annotation..",
              ROOT + "spi",
              ROOT + "model",
              ROOT + "image",
              ROOT + "cell");

  @ArchTest
  static final ArchRule resultSeesCellAndFilesOnly =
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
              ROOT + "cell",
              ROOT + "file",
              ROOT + "result");

  @ArchTest
  static final ArchRule weightsAreReadWithoutAnEngine =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "weights")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** The way of a command: run runs a plan, child starts a process, worker is that process. */
  @ArchTest
  static void theSpineHasNoArrowBack(JavaClasses seen) {
    for (int i = 1; i < SPINE.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + SPINE.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(SPINE.subList(0, i)))
          .check(seen);
    }
  }

  @ArchTest
  static final ArchRule whatIsBesideTheSpineSeesOnlyItsEnd =
      noClasses()
          .that()
          .resideOutsideOfPackages(packages(SPINE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(SPINE.subList(0, SPINE.size() - 1)));

  /** A link is data: it knows neither who speaks nor who hears. */
  @ArchTest
  static final ArchRule aLinkHasNoBehaviour =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "link")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "ai.djl..");

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

  /** A worker speaks to its parent over the standard streams. */
  @ArchTest
  static final ArchRule onlyTheCommandLineAndAWorkerUseTheStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli", ROOT + "worker")
          .should(ACCESS_STANDARD_STREAMS);

  /** A worker ends with its orders, or with its parent. */
  @ArchTest
  static final ArchRule onlyTheCommandLineAndAWorkerExit =
      classes()
          .that()
          .resideOutsideOfPackages(ROOT + "cli", ROOT + "worker")
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
  static final ArchRule onlyReportsSeeCommonsCsv =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.csv..");

  private static String[] packages(String... names) {
    return packages(List.of(names));
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaMethodCall> ends(Class<?> type, String method) {
    DescribedPredicate<JavaMethodCall> calls =
        target(name(method)).and(target(owner(JavaClass.Predicates.type(type)))).forSubtype();
    return calls.as("the call ends the JVM by %s.%s", type.getSimpleName(), method);
  }
}
