package org.peftbench.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses NaN and infinities in both directions.
 *
 * <p>Jackson would write {@code "NaN"} as text and read that, and {@code 1e999}, back as numbers.
 */
final class FiniteDoubles extends SimpleModule {

  private static final long serialVersionUID = 1L;

  FiniteDoubles() {
    super("finite-doubles");
    addSerializer(Double.class, new Writer());
    addSerializer(Double.TYPE, new Writer());
    addDeserializer(Double.class, new Reader(Double.class));
    addDeserializer(Double.TYPE, new Reader(Double.TYPE));
  }

  private static final class Writer extends StdScalarSerializer<Double> {

    private static final long serialVersionUID = 1L;

    Writer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value)) {
        provider.reportMappingProblem("%s is not a finite number", value);
      }
      json.writeNumber(value);
    }
  }

  private static final class Reader extends StdScalarDeserializer<Double> {

    private static final long serialVersionUID = 1L;

    Reader(Class<Double> type) {
      super(type);
    }

    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.currentToken().isNumeric()) {
        return context.reportInputMismatch(this, "a number is expected");
      }
      double value = json.getDoubleValue();
      if (!Double.isFinite(value)) {
        return context.reportInputMismatch(this, "a finite number is expected");
      }
      return value;
    }

    @Override
    public @Nullable Double getNullValue(DeserializationContext context)
        throws JsonMappingException {
      // An optional one may be null; what else may not is known to those who ask.
      return handledType() == Double.TYPE
          ? context.reportInputMismatch(this, "a number is expected, not null")
          : null;
    }
  }
}
