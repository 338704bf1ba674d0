/// For teachers: what a capture must show, questions about what it shows, and labs that differ from student to student.
/// Knows no file and no process; what `tshark` found is handed in.
@NullMarked
package wirelab.client.teach;

import org.jspecify.annotations.NullMarked;
