import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.image.ImageDecoder;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Resize;
import org.peftbench.image.RgbImage;

/**
 * Decodes and resizes image files as a run does: the product's half of {@code against_pillow.py}.
 *
 * <p>Prints of each file the SHA-256 of its pixels and of its resized pixels, or why it is refused,
 * then, with a number of rounds, how many milliseconds an image took to decode and to resize in the
 * best of them.
 */
public final class DecodeImages {

  public static void main(String[] arguments) throws Exception {
    int size = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    List<Path> files = new String(System.in.readAllBytes(), "UTF-8").lines().map(Path::of).toList();
    for (Path file : files) {
      System.out.println(told(file, size));
    }
    double decode = Double.POSITIVE_INFINITY;
    double resize = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      List<RgbImage> images = files.stream().map(ImageDecoder::decode).toList();
      long decoded = System.nanoTime();
      images.forEach(image -> Resize.toSquare(image, size, Interpolation.BICUBIC));
      decode = Math.min(decode, (decoded - start) / 1e6 / files.size());
      resize = Math.min(resize, (System.nanoTime() - decoded) / 1e6 / files.size());
    }
    System.out.printf("%.4f %.4f%n", decode, resize);
  }

  private static String told(Path file, int size) throws Exception {
    try {
      RgbImage image = ImageDecoder.decode(file);
      return hash(image) + " " + hash(Resize.toSquare(image, size, Interpolation.BICUBIC));
    } catch (WrongInputException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static String hash(RgbImage image) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).flip());
    return HexFormat.of().formatHex(digest.digest(image.pixels()));
  }
}
