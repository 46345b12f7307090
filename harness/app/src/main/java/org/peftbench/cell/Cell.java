package org.peftbench.cell;

/**
 * One measurement to make; its content is its identity.
 *
 * @param method the method and its hyper-parameters
 * @param task the task's canonical name, such as {@code cifar100}
 * @param dataSha256 hash of the task's split lists and image sizes, in hex
 * @param seed decides initialisation, batch order and dropout
 * @param backbone the network and its weights
 * @param protocol training and judging
 * @param device {@code cpu} or {@code cuda:0}
 */
public record Cell(
    MethodChoice method,
    String task,
    String dataSha256,
    long seed,
    BackboneChoice backbone,
    Protocol protocol,
    String device) {}
