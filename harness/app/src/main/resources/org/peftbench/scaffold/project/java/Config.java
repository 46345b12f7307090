package {{package}};

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters; users type them as {@code {{id}}[rank=4,scale=0.5]}.
 *
 * @param rank R
 * @param scale s
 */
public record {{Name}}Config(
    @Option(doc = "rank of the update", value = "8", min = 1, max = 65536) int rank,
    @Tuned(choices = {"0.1", "1", "10"}) @Option(doc = "factor of the update", value = "1")
        double scale) {}
