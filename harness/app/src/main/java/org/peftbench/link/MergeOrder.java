package org.peftbench.link;

/**
 * An adapter to fold into its backbone.
 *
 * @param order of the cell that trained it, with the adapter
 * @param file that gets the merged weights
 */
public record MergeOrder(WorkOrder order, String file) {}
