package org.peftbench.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions of PyTorch that DJL does not offer, written in TorchScript and run in the engine.
 *
 * <p>The source is put into the archive format that PyTorch itself saves (a stored zip around a
 * pickled module without attributes), so that no Python is needed. Calls take part in autograd.
 */
public final class TorchScript {

  // A pickled instance of __torch__.M: protocol 2, GLOBAL, empty arguments, NEWOBJ, and the two
  // attributes that every scripted module has (training = True, _is_full_backward_hook = None).
  private static final byte[] MODULE =
      latin1(
          "\u0080\2c__torch__\nM\nq\0)\u0081}(X\u0008\0\0\0trainingq\1\u0088"
              + "X\u0016\0\0\0_is_full_backward_hookq\2Nubq\3.");
  private static final byte[] NO_CONSTANTS = latin1("\u0080\2).");

  static {
    // Each operator is to run as if called on its own. The optimiser would record the first calls,
    // then derive gradients itself and, on a GPU, compile kernels for each shape; DJL asks for this
    // at every call.
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
  }

  // Held for as long as the functions are: DJL frees the module with a model nobody holds.
  private final Model model;
  private final ParameterStore unused;

  // DJL reads a method's name off an array among the inputs, and of that array nothing else. One
  // made at each call would be sent to the GPU, which is waited for.
  private final Map<String, NDArray> choices = new ConcurrentHashMap<>();

  private TorchScript(Model model) {
    this.model = model;
    unused = new ParameterStore(model.getNDManager(), false);
  }

  /**
   * Compiles functions; each is a method of {@code __torch__.M} whose arguments and result are
   * tensors, for example {@code def twice(self: __torch__.M, x: Tensor) -> Tensor: return x + x}.
   *
   * @param functions the method definitions, indented by two spaces
   * @throws IllegalArgumentException if PyTorch does not accept the source
   */
  public static TorchScript compile(String functions) {
    String source =
        """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          _is_full_backward_hook : Optional[bool]
        """
            + functions;
    Model model = Model.newInstance("torch-script", Device.cpu(), "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(source)));
      Files.deleteIfExists(model.getModelPath()); // DJL makes a folder for it, and puts nothing in
    } catch (EngineException | MalformedModelException | IOException e) {
      model.close();
      throw new IllegalArgumentException("PyTorch does not accept this TorchScript:\n" + source, e);
    }
    return new TorchScript(model);
  }

  /**
   * Calls a function.
   *
   * @param function its name
   * @param inputs its arguments, in order; arrays named {@code x[]} make up one list; results
   *     belong to the manager of the first
   * @return the tensors it returns
   */
  public NDList call(String function, NDList inputs) {
    NDList arguments = new NDList(inputs);
    arguments.add(choices.computeIfAbsent(function, this::choice));
    // "training" only keeps DJL from entering inference mode, whose results autograd refuses.
    return model.getBlock().forward(unused, arguments, true);
  }

  private NDArray choice(String function) {
    NDArray choice = model.getNDManager().create(0f);
    NDScope.unregister(choice); // it outlives the caller's scope
    choice.setName("module_method:" + function);
    return choice;
  }

  private static byte[] archive(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "m/data.pkl", MODULE);
      store(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "m/constants.pkl", NO_CONSTANTS);
      store(zip, "m/version", latin1("3\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
