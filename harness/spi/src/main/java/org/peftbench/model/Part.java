package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A named piece of a network: a DJL block whose children and parameters are found by dotted names
 * ({@code blocks.3.attn.qkv.weight}) and can be wrapped, frozen and unfrozen by pattern.
 *
 * <p>Shapes are known from construction on; arrays come with {@link #initialize(NDManager, long)}
 * or by loading, so that a network can be counted without its memory.
 */
public abstract class Part extends AbstractBlock {

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Init> inits = new LinkedHashMap<>();
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();

  /**
   * Runs this part.
   *
   * @param x the input
   * @param training whether dropout and the like are active
   * @return the output, in the caller's {@link NDScope}
   */
  public abstract NDArray forward(NDArray x, boolean training);

  /** Declares a trainable parameter. */
  protected final void parameter(String name, Init init, long... shape) {
    inits.put(name, init);
    addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(new Shape(shape))
            .build());
  }

  /** Adds a child under a name. */
  protected final <P extends Part> P add(String name, P part) {
    if (name.isEmpty() || name.indexOf('.') >= 0 || parts.putIfAbsent(name, part) != null) {
      throw new IllegalArgumentException("a part cannot be added as '" + name + "'");
    }
    return part;
  }

  /**
   * Gives the current values of a parameter of this part or below: within a training step, the leaf
   * that gradients are gathered for.
   *
   * @param path dotted name
   * @throws IllegalArgumentException if there is none
   */
  protected final NDArray value(String path) {
    int dot = path.lastIndexOf('.');
    if (dot >= 0) {
      return part(path.substring(0, dot)).value(path.substring(dot + 1));
    }
    NDArray leaf = leaves.get(path);
    return leaf != null ? leaf : declared(path).getArray();
  }

  /**
   * Runs a body whose intermediate arrays are freed when it returns, but for its result, which
   * passes to the caller's scope. What autograd needs, autograd keeps.
   */
  protected static NDArray scoped(Supplier<NDArray> body) {
    NDArray result;
    try (NDScope scope = scope()) {
      result = body.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }

  /** Opens a scope: the arrays that are made until it is closed are freed with it. */
  public static NDScope scope() {
    return new NDScope();
  }

  /**
   * A number as an array of no dimension, for arithmetic with others: {@code x.div(number(12))}. It
   * is kept for all who ask for it, on the CPU, from where PyTorch hands it to a GPU's kernel as an
   * argument.
   *
   * <p>DJL's own {@code x.div(12)} makes an array at each call, which on a GPU is a copy that is
   * waited for. And it lies in a Java buffer, which the garbage collector frees while the backward
   * pass may still need it: wherever gradients flow, this is to be used instead.
   *
   * @return an array to be read, never to be changed or closed
   */
  protected static NDArray number(double value) {
    return Numbers.of((float) value);
  }

  /**
   * Multiplies x by a {@link #number}.
   *
   * @return x itself where the factor is 1
   */
  protected static NDArray scaled(NDArray x, double factor) {
    return factor == 1 ? x : x.mul(number(factor));
  }

  /**
   * Sets values of x to zero at random, in training, and scales the others up in return.
   *
   * @param rate how often, from 0 to below 1
   * @return x itself where nothing is dropped
   */
  protected static NDArray dropout(NDArray x, double rate, boolean training) {
    return training && rate > 0 ? Dropout.apply(x, rate) : x;
  }

  /**
   * Finds the descendant with a dotted name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Part part(String path) {
    Part part = this;
    String above = "";
    for (String name : path.split("\\.", -1)) {
      Part child = part.parts.get(name);
      if (child == null) {
        String where = above.isEmpty() ? "; there are " : "; " + above + " has ";
        throw new IllegalArgumentException("no part '" + path + "'" + where + part.parts.keySet());
      }
      part = child;
      above = above.isEmpty() ? name : above + "." + name;
    }
    return part;
  }

  /**
   * Finds the parameter with a dotted name, of this part or below.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Parameter parameter(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? declared(path)
        : part(path.substring(0, dot)).declared(path.substring(dot + 1));
  }

  private Parameter declared(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter '" + name + "'; there are " + parameters.keySet());
    }
    return parameter;
  }

  /** Maps dotted names to all descendants, parents before children. */
  public final Map<String, Part> namedParts() {
    Map<String, Part> named = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> {
          named.put(name, part);
          part.namedParts().forEach((below, inner) -> named.put(name + "." + below, inner));
        });
    return named;
  }

  /** Maps dotted names to all parameters, of this part and below. */
  public final Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = new LinkedHashMap<>();
    parameters.forEach(named::put);
    parts.forEach(
        (name, part) ->
            part.namedParameters().forEach((below, inner) -> named.put(name + "." + below, inner)));
    return named;
  }

  /**
   * Replaces parts, usually by something that contains the original.
   *
   * @param pattern dotted name; {@code *} stands for one segment: {@code blocks.*.attn.qkv}
   * @param wrapper makes the replacement
   * @throws IllegalArgumentException if no part fits the pattern
   */
  public final void wrap(String pattern, UnaryOperator<Part> wrapper) {
    NamePattern names = new NamePattern(pattern);
    List<String> paths = namedParts().keySet().stream().filter(names::matches).toList();
    if (paths.isEmpty()) {
      throw new IllegalArgumentException(
          "no part fits '" + pattern + "'; parts are " + namedParts().keySet());
    }
    for (String path : paths) {
      int dot = path.lastIndexOf('.');
      Part parent = dot < 0 ? this : part(path.substring(0, dot));
      parent.parts.computeIfPresent(path.substring(dot + 1), (name, old) -> wrapper.apply(old));
    }
  }

  /**
   * Makes parameters trainable.
   *
   * @param pattern dotted name; {@code *} stands for one segment, {@code **} for any number: {@code
   *     **.bias}
   * @throws IllegalArgumentException if no parameter fits the pattern
   */
  public final void unfreeze(String pattern) {
    NamePattern names = new NamePattern(pattern);
    boolean[] found = new boolean[1];
    namedParameters()
        .forEach(
            (path, parameter) -> {
              if (names.matches(path)) {
                parameter.freeze(false);
                if (parameter.isInitialized()) {
                  // DJL marks the array; graphs are to begin at a training step's leaves alone.
                  parameter.getArray().setRequiresGradient(false);
                }
                found[0] = true;
              }
            });
    if (!found[0]) {
      throw new IllegalArgumentException(
          "no parameter fits '" + pattern + "'; parameters are " + namedParameters().keySet());
    }
  }

  /** Counts the values that training changes. */
  public final long trainableValues() {
    return namedParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  /** Counts all values, frozen ones included. */
  public final long values() {
    return namedParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  /**
   * Gives every parameter that has no values yet its first ones. What a parameter gets depends on
   * the seed and its own name alone, so that adding a part elsewhere changes nothing here.
   *
   * @param manager owner of the arrays
   * @param seed the run's seed
   */
  public final void initialize(NDManager manager, long seed) {
    initialize(manager, seed, "");
  }

  private void initialize(NDManager manager, long seed, String path) {
    // Children first: a wrapper's first values may follow from what it wraps.
    parts.forEach((name, part) -> part.initialize(manager, seed, path + name + "."));
    parameters.forEach(
        (name, parameter) -> {
          if (!parameter.isInitialized()) {
            Init init = inits.get(name);
            if (init == null) {
              throw new IllegalStateException(path + name + " was not declared by parameter()");
            }
            Random random = new Random(seedOf(seed, path + name));
            load(name, manager, init.values(parameter.getShape(), random));
          }
        });
  }

  private static long seedOf(long seed, String path) {
    long hash = 1125899906842597L * (seed + 1);
    for (int i = 0; i < path.length(); i++) {
      hash = 31 * hash + path.charAt(i);
    }
    return hash;
  }

  /**
   * Gives a parameter of this part or below its values.
   *
   * @param path dotted name
   * @param manager owner of the array
   * @param values as many as the parameter's shape holds, row-major
   * @throws IllegalArgumentException if there is no such parameter, or it has another size
   */
  public final void load(String path, NDManager manager, float[] values) {
    Shape shape = parameter(path).getShape();
    if (shape.size() != values.length) {
      throw new IllegalArgumentException(
          path + " has shape " + shape + ", not " + values.length + " values");
    }
    load(path, owned(manager, shape, values));
  }

  /**
   * Gives a parameter of this part or below its values, of whatever type, and closes those it had.
   *
   * @param path dotted name
   * @param values of the parameter's shape
   * @throws IllegalArgumentException if there is no such parameter, or it has another shape
   */
  public final void load(String path, NDArray values) {
    int dot = path.lastIndexOf('.');
    if (dot >= 0) {
      part(path.substring(0, dot)).load(path.substring(dot + 1), values);
      return;
    }
    Parameter parameter = declared(path);
    Shape shape = parameter.getShape();
    if (!shape.equals(values.getShape())) {
      throw new IllegalArgumentException(
          path + " has shape " + shape + ", not " + values.getShape());
    }
    parameter.close();
    parameters.put(
        path,
        Parameter.builder()
            .setName(path)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optArray(values)
            .optRequiresGrad(parameter.requiresGradient())
            .build());
  }

  /**
   * Copies values into the engine's own memory: what DJL makes from Java values stays in a Java
   * buffer. The copy outlives whatever scope it is made in.
   *
   * @param manager owner of the copy
   * @param values as many as the shape holds, row-major
   */
  public static NDArray owned(NDManager manager, Shape shape, float... values) {
    try (NDArray view = manager.create(values, shape)) {
      NDArray copy = view.duplicate();
      NDScope.unregister(copy);
      return copy;
    }
  }

  /** Frees the arrays of this part and all below; they can be loaded again. */
  public final void release() {
    parameters.replaceAll(
        (name, parameter) -> {
          parameter.close();
          return parameter;
        });
    parts.values().forEach(Part::release);
  }

  /**
   * Opens a training step: until it is closed, {@link #value} of every trainable parameter is a
   * fresh leaf of autograd's graph over the same storage. Closing it frees the gradients, as
   * PyTorch's {@code zero_grad(set_to_none=True)} does, and outside a step no graph is ever built.
   */
  public final Leaves openLeaves() {
    return new Leaves();
  }

  /** The trainable parameters of one training step. */
  public final class Leaves implements AutoCloseable {

    private final Map<String, NDArray> byName = new LinkedHashMap<>();

    private Leaves() {
      open(Part.this, "");
    }

    private void open(Part part, String path) {
      part.parameters.forEach(
          (name, parameter) -> {
            if (parameter.requiresGradient()) {
              NDArray leaf = parameter.getArray().stopGradient();
              leaf.setRequiresGradient(true);
              part.leaves.put(name, leaf);
              byName.put(path + name, leaf);
            }
          });
      part.parts.forEach((name, child) -> open(child, path + name + "."));
    }

    /** The leaves by dotted name; after the backward pass each has its gradient. */
    public Map<String, NDArray> byName() {
      return byName;
    }

    @Override
    public void close() {
      byName.values().forEach(NDArray::close);
      forget(Part.this);
    }

    private void forget(Part part) {
      part.leaves.clear();
      part.parts.values().forEach(this::forget);
    }
  }

  /**
   * Returns the part that takes this one's place once training is over: itself or, for a wrapper
   * that can be folded, what it wraps, with the wrapper's effect in its values. Children are merged
   * before.
   *
   * @param manager owner of new arrays
   */
  protected Part merged(NDManager manager) {
    return this;
  }

  /**
   * Folds every wrapper below that can be folded into what it wraps; what is computed stays the
   * same, but for rounding.
   *
   * @param manager owner of new arrays
   */
  public final void merge(NDManager manager) {
    parts.replaceAll(
        (name, part) -> {
          part.merge(manager);
          return part.merged(manager);
        });
  }

  @Override
  public final BlockList getChildren() {
    BlockList children = new BlockList(parts.size());
    parts.forEach((name, part) -> children.add(name, (Block) part));
    return children;
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return new NDList(forward(inputs.singletonOrThrow(), training));
  }

  /** Refuses: shapes are not known without running the part. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " is shaped by its input");
  }
}
