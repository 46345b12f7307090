package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.peftbench.image.RgbImage;
import org.peftbench.video.Video;
import org.peftbench.video.VideoFacts;

/** A video that FFmpeg decodes. */
final class FfmpegVideo implements Video {

  /** Lists of other files, and what asks a network for them, are no videos here. */
  private static final String FORMATS =
      "mov,mp4,avi,matroska,webm,mpeg,mpegts,mpegvideo,m4v,h264,hevc,asf,flv,ogg";

  private static final long MOST_PIXELS = 8192L * 4320;
  private static final int MOST_THREADS = 8;

  /** {@code 00:00:04.000000000}. */
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");

  /** Of a frame that says nothing of how long it is shown. */
  private static final double USUAL_SECONDS = 1 / 25.0;

  private final AVFormatContext format;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final ToRgb toRgb = new ToRgb();
  private final int index;
  private final AVCodecContext codec;
  private final VideoFacts facts;
  private final Turn turn;
  private final double tick;
  private final double usualSeconds;
  private double zero;
  private double begins;
  private double ends;
  private int frames;

  private FfmpegVideo(
      AVFormatContext format, int index, AVCodecContext codec, VideoFacts facts, Turn turn) {
    this.format = format;
    this.index = index;
    this.codec = codec;
    this.facts = facts;
    this.turn = turn;
    this.tick = av_q2d(format.streams(index).time_base());
    this.usualSeconds =
        facts.framesPerSecond().isPresent()
            ? 1 / facts.framesPerSecond().getAsDouble()
            : USUAL_SECONDS;
  }

  static FfmpegVideo open(Path file) throws IOException {
    Complaints.forget();
    AVFormatContext format = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", "file", 0);
    av_dict_set(options, "format_whitelist", FORMATS, 0);
    int code;
    try (BytePointer name = new BytePointer("file:" + file, StandardCharsets.UTF_8)) {
      code = avformat_open_input(format, name, null, options);
    } finally {
      av_dict_free(options);
    }
    if (code < 0) {
      throw Complaints.of("no video that can be read", code);
    }
    try {
      return open(format);
    } catch (IOException | RuntimeException e) {
      avformat_close_input(format);
      throw e;
    }
  }

  private static FfmpegVideo open(AVFormatContext format) throws IOException {
    int code = avformat_find_stream_info(format, (AVDictionary) null);
    if (code < 0) {
      throw Complaints.of("no video that can be read", code);
    }
    AVCodec decoder = new AVCodec(null);
    int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, decoder, 0);
    if (index < 0) {
      throw Complaints.of("no video in it that can be decoded", index);
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != index) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
    AVStream stream = format.streams(index);
    Turn turn = Turn.of(stream.codecpar());
    VideoFacts facts = facts(format, stream, turn);
    return new FfmpegVideo(format, index, codec(stream, decoder), facts, turn);
  }

  private static AVCodecContext codec(AVStream stream, AVCodec decoder) throws IOException {
    AVCodecContext codec = avcodec_alloc_context3(decoder);
    int code = avcodec_parameters_to_context(codec, stream.codecpar());
    if (code >= 0) {
      codec.pkt_timebase(stream.time_base());
      codec.max_pixels(MOST_PIXELS);
      codec.thread_count(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
      code = avcodec_open2(codec, decoder, (AVDictionary) null);
    }
    if (code < 0) {
      avcodec_free_context(codec);
      throw Complaints.of("it cannot be decoded", code);
    }
    return codec;
  }

  private static VideoFacts facts(AVFormatContext format, AVStream stream, Turn turn) {
    AVCodecParameters parameters = stream.codecpar();
    int width = parameters.width();
    int height = parameters.height();
    double rate = stream.avg_frame_rate().den() == 0 ? 0 : av_q2d(stream.avg_frame_rate());
    return new VideoFacts(
        avcodec_get_name(parameters.codec_id()).getString(),
        turn.sideways() ? height : width,
        turn.sideways() ? width : height,
        seconds(format, stream),
        rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty());
  }

  /** How long the file says that its pictures are; of a container, if it has nothing else. */
  private static OptionalDouble seconds(AVFormatContext format, AVStream stream) {
    if (stream.duration() != AV_NOPTS_VALUE && stream.duration() > 0) {
      return OptionalDouble.of(stream.duration() * av_q2d(stream.time_base()));
    }
    AVDictionaryEntry tag = av_dict_get(stream.metadata(), "DURATION", null, 0); // of Matroska
    Matcher clock = CLOCK.matcher(tag == null ? "" : tag.value().getString());
    if (clock.matches()) {
      return OptionalDouble.of(
          3600 * Double.parseDouble(clock.group(1))
              + 60 * Double.parseDouble(clock.group(2))
              + Double.parseDouble(clock.group(3)));
    }
    boolean guessed = format.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
    return format.duration() == AV_NOPTS_VALUE
            || format.duration() <= 0
            || guessed
            || format.nb_streams() > 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(format.duration() / (double) AV_TIME_BASE);
  }

  @Override
  public VideoFacts facts() {
    return facts;
  }

  @Override
  public Optional<Shown> next() throws IOException {
    int code = avcodec_receive_frame(codec, frame);
    while (code == AVERROR_EAGAIN()) {
      feed();
      code = avcodec_receive_frame(codec, frame);
    }
    if (code == AVERROR_EOF) {
      return Optional.empty();
    }
    if (code < 0) {
      throw broken(code);
    }
    if ((frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0) {
      throw new IOException("frame %d, after %.2f s, is damaged".formatted(frames + 1, ends));
    }
    frames++;
    return Optional.of(shown());
  }

  /** Gives the decoder the next packet, or the news that there is none. */
  private void feed() throws IOException {
    int code = av_read_frame(format, packet);
    if (code == AVERROR_EOF && format.pb().error() >= 0) {
      avcodec_send_packet(codec, null);
      return;
    }
    if (code < 0) {
      throw broken(code);
    }
    try {
      if (packet.stream_index() == index) {
        if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
          throw new IOException("it is damaged or cut off after %.2f s".formatted(ends));
        }
        code = avcodec_send_packet(codec, packet);
        if (code < 0) {
          throw broken(code);
        }
      }
    } finally {
      av_packet_unref(packet);
    }
  }

  private IOException broken(int code) {
    return Complaints.of("it is broken after %d frames, %.2f s".formatted(frames, ends), code);
  }

  private Shown shown() {
    long time = frame.best_effort_timestamp();
    if (time == AV_NOPTS_VALUE) {
      begins = ends;
    } else {
      double seconds = time * tick - zero;
      if (frames == 1 || seconds < begins) { // the first, or of another video that was joined on
        zero += seconds - ends;
      }
      begins = time * tick - zero;
    }
    ends = begins + (frame.duration() > 0 ? frame.duration() * tick : usualSeconds);
    return new Shown(begins, ends);
  }

  @Override
  public RgbImage image(OptionalInt shortSide) throws IOException {
    return turn.upright(toRgb.of(frame, shortSide));
  }

  @Override
  public void close() {
    toRgb.close();
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
    avformat_close_input(format);
  }
}
