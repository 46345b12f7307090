package org.peftbench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Study;

/** How this program reads and writes JSON: records, whole and exact, or not at all. */
public final class Json {

  /**
   * Reads strictly (unknown, missing, duplicate or null properties, coerced types, non-finite
   * numbers and trailing text are refused) and writes one line.
   *
   * <p>Doubles are written by Jackson's own shortest form, so that a hash of the text does not
   * depend on the Java version.
   */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new FiniteDoubles())
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(
              // A choice is written as users type it: its word, which is its toString.
              DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  /** Writes indented, with {@code \n} on every system. */
  public static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** Writes the one text that equal values share: sorted names, no spaces. */
  static final ObjectWriter CANONICAL =
      MAPPER
          .rebuild()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addMixIn(MethodChoice.class, BuiltIn.class)
          .addMixIn(Protocol.class, UsualProtocol.class)
          .build()
          .writer();

  /** A built-in method's cell has the identity that it had before there were plugins. */
  interface BuiltIn {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<String> plugin();
  }

  /**
   * A cell on images, in float32, whose rate no study chose and whose backbone is in memory, has
   * the identity that it had when there was nothing else; and who asked for a rate is no part of
   * it.
   */
  interface UsualProtocol {
    @JsonIgnore
    boolean lrGiven();

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    Optional<Study> study();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsFloat32.class)
    Object precision();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsResident.class)
    Object backboneMemory();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsOne.class)
    Object frames();
  }

  /** Equals what is left out, as Jackson wants to be told. */
  private abstract static class Usual {

    private final String word;

    Usual(String word) {
      this.word = word;
    }

    @Override
    public boolean equals(@Nullable Object value) {
      return word.equals(String.valueOf(value));
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** The precision that is left out. */
  static final class IsFloat32 extends Usual {
    IsFloat32() {
      super("float32");
    }
  }

  /** The number of frames that is left out. */
  static final class IsOne extends Usual {
    IsOne() {
      super("1");
    }
  }

  /** The place of the backbone that is left out. */
  static final class IsResident extends Usual {
    IsResident() {
      super(BackboneMemory.RESIDENT.toString());
    }
  }

  private Json() {}

  /** One line that says where in the text and what is wrong. */
  public static String explain(JsonProcessingException wrong) {
    StringBuilder text = new StringBuilder();
    JsonLocation at = wrong.getLocation();
    if (at != null) {
      text.append("line ").append(at.getLineNr()).append(", column ").append(at.getColumnNr());
      text.append(": ");
    }
    if (wrong instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      text.append(
          mapping.getPath().stream()
              .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
              .collect(Collectors.joining(".", "", ": ")));
    }
    String first = wrong.getOriginalMessage().lines().findFirst().orElse("not JSON");
    // Which of Jackson's switches is on, and what it hides of the source, is of no use to the
    // reader.
    return text.append(first.replaceFirst("; `DeserializationFeature.*| \\(start marker at .*", ""))
        .toString();
  }
}
