package wirelab.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that must hold for every seed: its method takes a `RandomGenerator`, and is run with `tries` of them.
///
/// The seed is in the display name; `-Dwirelab.seed=N` runs that one alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(PropertySeeds.class)
public @interface Property {
    int tries() default 100;
}
