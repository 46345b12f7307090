/** Decodes videos with FFmpeg, called through JavaCPP. */
@NullMarked
package org.peftbench.ffmpeg;

import org.jspecify.annotations.NullMarked;
