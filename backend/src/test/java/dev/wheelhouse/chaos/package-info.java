/// The chaos harness: whole experiments with real processes, a real Postgres and faults from a seed (`make chaos`).
///
/// Front door: [dev.wheelhouse.chaos.Chaos]. An [dev.wheelhouse.chaos.Experiment] is given a
/// [dev.wheelhouse.chaos.World] of its own: an empty Postgres with fsync on, replicas of the built distribution,
/// a model server that follows scripts, and an effect server that stands for everything outside. It lets loads and
/// faults loose, and answers with [dev.wheelhouse.chaos.Figures], each held to its bar.
///
/// To add one: write a class that implements Experiment, name it in [dev.wheelhouse.chaos.Experiments], give it a
/// section in `proof.template.md`. Nothing else is needed.
///
/// **Invariants**
/// - What decides is read from records that the platform does not write: what the effect server and the model server
///   saw, what clients were told. The database's log is the third witness, never the only one.
/// - Every figure that shows that the faults have hit has a bar of its own: a quiet nemesis is a failed experiment.
/// - Every choice comes from the seed. Times do not, so that a seed repeats the plan and not the schedule.
/// - Whatever was started is ended by its process id, however the harness ends.
@NullMarked
package dev.wheelhouse.chaos;

import org.jspecify.annotations.NullMarked;
