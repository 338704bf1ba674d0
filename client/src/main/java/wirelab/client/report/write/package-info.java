/// Reports as documents: Markdown, HTML, JSON, pictures, and comments for Wireshark.
@NullMarked
package wirelab.client.report.write;

import org.jspecify.annotations.NullMarked;
