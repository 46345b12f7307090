/**
 * What an edge and a cloud say to each other over HTTP/1.1: JSON records and safetensors bodies.
 *
 * <pre>
 * GET  /v1/info                      {@link org.peftbench.wire.CloudInfo}
 * GET  /v1/norm                      safetensors: norm.weight, norm.bias (D), float32
 * POST /v1/jobs                      {@link org.peftbench.wire.FeatureRequest} to {@link org.peftbench.wire.JobState}
 * GET  /v1/jobs/{id}                 {@link org.peftbench.wire.JobState}
 * PUT  /v1/images/{sha256}           an image file of a format that bench reads
 * GET  /v1/jobs/{id}/shards/{n}      safetensors; ETag is its SHA-256; with Range;
 *                                    202 if it is not ready within what Prefer: wait= says
 * POST /v1/features?want={@link org.peftbench.wire.FeatureRequest}   one image file to safetensors
 * </pre>
 *
 * <p>A refusal is a {@link org.peftbench.wire.Refusal}.
 */
@NullMarked
package org.peftbench.wire;

import org.jspecify.annotations.NullMarked;
