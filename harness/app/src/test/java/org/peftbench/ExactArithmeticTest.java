package org.peftbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Pixels are made only of what Java defines to the last bit. */
@AnalyzeClasses(
    packages = {"org.peftbench.render", "org.peftbench.pocket", "org.peftbench.world"},
    importOptions = DoNotIncludeTests.class)
class ExactArithmeticTest {

  /** The others may differ in their last bit between machines; StrictMath's do not. */
  private static final Set<String> EXACT = Set.of("abs", "min", "max", "floor", "ceil", "sqrt");

  @ArchTest
  static final ArchRule onlyExactFunctionsOfMathAreCalled =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.<JavaMethodCall>describe(
                  "an inexact function of Math",
                  call ->
                      call.getTargetOwner().isEquivalentTo(Math.class)
                          && !EXACT.contains(call.getName())));

  @ArchTest
  static final ArchRule nothingIsDrawnByTheToolkit =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..");
}
