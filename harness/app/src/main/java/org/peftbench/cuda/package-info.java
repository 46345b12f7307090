/**
 * The half of PyTorch that computes on NVIDIA GPUs: whether this machine can use it, where it lies,
 * how it is fetched.
 */
@NullMarked
package org.peftbench.cuda;

import org.jspecify.annotations.NullMarked;
