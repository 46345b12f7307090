/**
 * A cloud: an HTTP server that has features of images computed, and keeps them.
 *
 * <p>{@link org.peftbench.cloud.CloudServer} hears requests, {@link org.peftbench.cloud.Gate} says
 * whose they are, {@link org.peftbench.cloud.Answers} answers them from {@link
 * org.peftbench.cloud.Jobs}, which gives runs of the backbone to a {@link
 * org.peftbench.cloud.Computer} in a fair order, and {@link org.peftbench.cloud.Shelf} holds files
 * within a number of bytes. Nothing that a client says becomes a path but hashes that were checked.
 */
@NullMarked
package org.peftbench.cloud;

import org.jspecify.annotations.NullMarked;
