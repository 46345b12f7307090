package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;

/** What FFmpeg logs says more of what is wrong than the codes that it returns. */
final class Complaints extends LogCallback {

  private static volatile String last = "";

  /** {@code [avi @ 0x7f14c0001e40]}. */
  private static final Pattern ORIGIN = Pattern.compile("\\[[^\\]]* @ 0x[0-9a-f]+\\]");

  /** FFmpeg holds no reference that Java sees. */
  private static final Complaints LISTENER = new Complaints();

  static void listen() {
    av_log_set_level(AV_LOG_ERROR);
    setLogCallback(LISTENER);
  }

  @Override
  public void call(int level, BytePointer message) {
    String text = ORIGIN.matcher(message.getString(StandardCharsets.UTF_8)).replaceAll("").strip();
    if (level <= AV_LOG_ERROR && !text.isEmpty()) {
      last = text;
    }
  }

  /** Forgets what was said of an earlier file. */
  static void forget() {
    last = "";
  }

  /** An exception for a code that FFmpeg has returned. */
  static IOException of(String what, int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    String error = new String(text, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
    String said = last;
    return new IOException(what + ": " + error + (said.isEmpty() ? "" : " (" + said + ")"));
  }
}
