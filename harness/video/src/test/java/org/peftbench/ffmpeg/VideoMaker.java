package org.peftbench.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Makes videos of a bright bar on a dark ground, which comes from the left and is at the right at
 * the end.
 *
 * @param encoder FFmpeg's name
 * @param width in pixels
 * @param height in pixels
 * @param framesPerSecond its rate
 * @param rotation clockwise, in degrees, that players are told of
 */
record VideoMaker(String encoder, int width, int height, int framesPerSecond, int rotation) {

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  static final int BRIGHT = 200;
  static final int DARK = 40;

  VideoMaker(String encoder) {
    this(encoder, 64, 48, 10, 0);
  }

  /** Writes a file, whose ending says of which container. */
  void write(Path file, int frames) {
    AVCodec codec = avcodec_find_encoder_by_name(encoder);
    if (codec == null) {
      throw new IllegalStateException("no encoder " + encoder);
    }
    AVFormatContext format = new AVFormatContext(null);
    done(avformat_alloc_output_context2(format, (AVOutputFormat) null, null, file.toString()));
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(av_make_q(1, framesPerSecond));
    context.framerate(av_make_q(framesPerSecond, 1));
    context.gop_size(8).bit_rate(800_000);
    if ((format.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    done(avcodec_open2(context, codec, (AVDictionary) null));
    AVStream stream = avformat_new_stream(format, null);
    stream.time_base(context.time_base()).avg_frame_rate(context.framerate());
    done(avcodec_parameters_from_context(stream.codecpar(), context));
    if (rotation != 0) {
      rotate(stream.codecpar());
    }
    AVIOContext output = new AVIOContext(null);
    done(avio_open(output, file.toString(), AVIO_FLAG_WRITE));
    format.pb(output);
    done(avformat_write_header(format, (AVDictionary) null));
    AVFrame frame = av_frame_alloc().width(width).height(height).format(AV_PIX_FMT_YUV420P);
    done(av_frame_get_buffer(frame, 0));
    AVPacket packet = av_packet_alloc();
    for (int i = 0; i < frames; i++) {
      done(av_frame_make_writable(frame));
      draw(frame, i, frames);
      frame.pts(i);
      done(avcodec_send_frame(context, frame));
      drain(context, packet, format, stream);
    }
    done(avcodec_send_frame(context, null));
    drain(context, packet, format, stream);
    done(av_write_trailer(format));
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
    avio_closep(output);
    avformat_free_context(format);
  }

  private void rotate(AVCodecParameters parameters) {
    PointerPointer<Pointer> none = new PointerPointer<Pointer>(1).put(0, null);
    IntPointer count = new IntPointer(1).put(0);
    AVPacketSideData data =
        av_packet_side_data_new(none, count, AV_PKT_DATA_DISPLAYMATRIX, MATRIX_BYTES, 0);
    av_display_rotation_set(new IntPointer(data.data()), rotation);
    parameters.coded_side_data(data).nb_coded_side_data(1);
  }

  private static void drain(
      AVCodecContext context, AVPacket packet, AVFormatContext format, AVStream stream) {
    while (avcodec_receive_packet(context, packet) == 0) {
      av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      packet.stream_index(0);
      done(av_interleaved_write_frame(format, packet));
    }
  }

  /** The bar's first column in a frame. */
  int column(int frame, int frames) {
    return (width - width / 8) * frame / Math.max(1, frames - 1);
  }

  private void draw(AVFrame frame, int number, int frames) {
    int from = column(number, frames);
    BytePointer luma = frame.data(0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean bar = x >= from && x < from + width / 8;
        luma.put((long) y * frame.linesize(0) + x, (byte) (bar ? BRIGHT : DARK));
      }
    }
    for (int plane = 1; plane <= 2; plane++) {
      for (int y = 0; y < height / 2; y++) {
        for (int x = 0; x < width / 2; x++) {
          frame.data(plane).put((long) y * frame.linesize(plane) + x, (byte) 128);
        }
      }
    }
  }

  private static void done(int code) {
    if (code < 0) {
      throw new IllegalStateException(Complaints.of("making a video", code).getMessage());
    }
  }
}
