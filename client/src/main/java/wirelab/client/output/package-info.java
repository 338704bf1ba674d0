/// What the client shows: text for people, JSON for programs. Turns values into strings and touches nothing else, but
/// for the terminal itself.
@NullMarked
package wirelab.client.output;

import org.jspecify.annotations.NullMarked;
