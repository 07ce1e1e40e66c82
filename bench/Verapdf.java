import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDF files to PDF/UA-1 and PDF/A-2a; a line a file and profile, then a line for each rule that is broken. */
public class Verapdf {
    private static final PDFAFlavour[] PROFILES = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A};

    public static void main(String[] paths) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String path : paths) {
            for (PDFAFlavour profile : PROFILES) {
                validate(path, profile);
            }
        }
    }

    private static void validate(String path, PDFAFlavour profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), profile);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("file\t%s\t%s\t%s\t%d%n",
                    path, profile.getId(), result.isCompliant(), result.getTotalAssertions());
            for (TestAssertion broken : result.getTestAssertions()) {
                System.out.printf("broken\t%s %s%n", broken.getRuleId().getClause(),
                        broken.getMessage().replaceAll("\\s+", " "));
            }
        }
    }
}
