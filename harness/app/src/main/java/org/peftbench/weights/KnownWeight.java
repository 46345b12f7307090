package org.peftbench.weights;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Published weights that can be fetched by name.
 *
 * @param name the name in this registry, such as {@code vit-b16-in21k}
 * @param backbone the transformer they fit, such as {@code vit-b16}
 * @param addresses where the file is, best first; none if it comes with this program
 * @param layout how the file names its tensors
 * @param licence SPDX identifier
 * @param normalization what the images were normalised with in training: {@code imagenet} or {@code
 *     inception}
 * @param imageSize side of the training images, in pixels
 * @param sha256 the file's hash in hex, if known
 * @param bytes the file's size, if known
 * @param notes what a user should know; may be empty
 */
public record KnownWeight(
    String name,
    String backbone,
    List<URI> addresses,
    Layout layout,
    String licence,
    String normalization,
    int imageSize,
    Optional<String> sha256,
    OptionalLong bytes,
    String notes) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final List<String> NORMALIZATIONS = List.of("imagenet", "inception");

  /** Checks that the name can be part of a file name and the rest can be used. */
  public KnownWeight {
    addresses = List.copyOf(addresses);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a name in kebab case");
    }
    if ((addresses.isEmpty() && sha256.isEmpty())
        || !NORMALIZATIONS.contains(normalization)
        || imageSize <= 0) {
      throw new IllegalArgumentException(
          "%s: needs an address or a hash, a normalization of %s and an image size"
              .formatted(name, NORMALIZATIONS));
    }
  }

  /** Whether the file comes with this program. */
  @JsonIgnore
  public boolean isBundled() {
    return addresses.isEmpty();
  }

  /** What the file is called in a cache folder. */
  @JsonIgnore
  public String fileName() {
    boolean npz = layout == Layout.GOOGLE || layout == Layout.BIG_VISION;
    return name + (npz ? ".npz" : ".safetensors");
  }
}
