package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A word that is none of a choice is refused with those that are. */
class RunOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --pool=max              | unknown pooling 'max'; known: cls, mean
          --device=tpu            | unknown device 'tpu'; known: auto, cpu, cuda:0
          --interpolation=nearest | --interpolation nearest is not known; known: bicubic, bilinear
          --normalize=zscore      | --normalize zscore is not known; known: imagenet, inception, none
          --precision=half        | --precision half is not known; known: float32, tf32, bfloat16, mixed
          --format=pdf            | --format pdf is not known; known: md, csv, latex, json, html
          --evaluate=train        | --evaluate train is not known; known: test, val
          --features=frozen       | --features frozen is not known; known: auto, live, cached, cached-float16
          """)
  void aWordThatIsNoChoiceIsRefused(String option, String message) {
    StringWriter err = new StringWriter();
    CommandLine line = Bench.commandLine().setErr(new PrintWriter(err, true));
    assertEquals(2, line.execute("run", "--methods=linear", "--tasks=pocket_count", option));
    assertTrue(err.toString().startsWith("bench: " + message), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }
}
