/// What every program runs on: start and end of a process, sockets and their threads, options, exit codes, logging,
/// metrics. The only package of `core` that may touch the world.
@NullMarked
package wirelab.daemon;

import org.jspecify.annotations.NullMarked;
