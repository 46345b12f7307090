package org.peftbench.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.peftbench.WrongInputException;

/** Says in one line what the file system refused, and why. */
public final class FileTrouble {

  private FileTrouble() {}

  /** The refusal of what cannot be done with a file. */
  public static WrongInputException wrong(Path path, String what, IOException cause) {
    String cure = Folders.here().cure(path);
    return new WrongInputException(path + ": " + what + ": " + why(cause) + cure, cause);
  }

  /** What the file system refused, and where if it says so. */
  public static String words(IOException cause) {
    String file = cause instanceof FileSystemException system ? system.getFile() : null;
    return file == null ? why(cause) : file + ": " + why(cause);
  }

  /** Why text cannot be a path: most often for a plain locale that lacks its characters. */
  public static String words(InvalidPathException path) {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    String cure =
        charset.equals("UTF-8")
            ? ""
            : "; the locale's characters are %s, set LC_ALL=C.UTF-8".formatted(charset);
    return "'%s' cannot be a path: %s%s".formatted(path.getInput(), path.getReason(), cure);
  }

  /** The file system's exceptions say only the path; the rest is in their class. */
  private static String why(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a folder";
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
