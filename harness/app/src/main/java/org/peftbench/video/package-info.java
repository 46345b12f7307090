/**
 * Videos become folders of numbered images, which tasks of clips read.
 *
 * <p>{@link org.peftbench.video.VideoFiles} finds the videos, {@link
 * org.peftbench.video.FrameFolder} writes the frames of one as a {@link
 * org.peftbench.video.FrameChoice} wants them, and says in {@link org.peftbench.video.FramesOf}
 * what they are. What decodes is a {@link org.peftbench.video.VideoDecoder}, of a module that may
 * be absent; only a child process calls it.
 */
@NullMarked
package org.peftbench.video;

import org.jspecify.annotations.NullMarked;
