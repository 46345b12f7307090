package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

/** {{Name}} keeps what every method promises. */
class {{Name}}MethodTest extends PeftMethodContract<{{Name}}Config> {

  @Override
  protected PeftMethod<{{Name}}Config> method() {
    return new {{Name}}Method();
  }

  @Test
  void vitB16HasTheCountOfTheFormula() {
    assertEquals(147_456, method().trainableParameters(config(), ViTConfig.named("vit-b16")));
  }
}
