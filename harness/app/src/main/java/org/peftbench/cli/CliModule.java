package org.peftbench.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.peftbench.file.Folders;
import org.peftbench.plan.AdapterPlanner;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Planner;
import org.peftbench.plan.TaskFinder;
import org.peftbench.pocket.PocketExport;
import org.peftbench.pocket.RenderedTask;

/** Binds what commands share: the methods, the planner, and the folders on this machine. */
final class CliModule extends AbstractModule {

  @Provides
  @Singleton
  Methods methods(PluginFolder plugins) {
    return new Methods(plugins::folder);
  }

  @Provides
  @Singleton
  Folders folders() {
    return Folders.here();
  }

  @Provides
  TaskFinder tasks(Folders folders) {
    return new TaskFinder(folders, new Rendering());
  }

  /** Says on standard error what keeps a run from beginning. */
  private static final class Rendering implements PocketExport.Listener {

    @Override
    public void renders(RenderedTask task) {
      System.err.println("rendering " + task.name());
    }

    @Override
    public void waits(String whom) {
      System.err.println("waiting for " + whom + ", which renders tasks");
    }
  }

  @Provides
  Planner planner(Methods methods, Folders folders, TaskFinder tasks) {
    return new Planner(methods, folders, tasks);
  }

  @Provides
  AdapterPlanner adapters(Methods methods, Folders folders, TaskFinder tasks) {
    return new AdapterPlanner(methods, folders, tasks);
  }
}
