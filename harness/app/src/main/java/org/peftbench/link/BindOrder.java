package org.peftbench.link;

import java.util.Map;
import org.peftbench.model.ViTConfig;
import org.peftbench.worker.ProbeWorker;

/**
 * What {@link ProbeWorker} is asked: hyper-parameters of one of its jar's methods, for a backbone.
 *
 * @param id of the method
 * @param given hyper-parameters by name; the others have their defaults
 * @param backbone what they must fit
 */
public record BindOrder(String id, Map<String, String> given, ViTConfig backbone) {}
