import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.Data;
import javax.xml.crypto.NodeSetData;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Validates the signatures of every folder's kousei.xml with the JDK's XML Signature. Prints the folder's name and, for
 * each signature, "valid", "invalid" or the exception that ended it. References are resolved as e-Gov writes them: the
 * fragment and the names of files are percent-encoded UTF-8, which the JDK's own resolver takes literally.
 */
public class Judge {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        File[] folders = new File(arguments[0]).listFiles(File::isDirectory);
        Arrays.sort(folders);
        for (File folder : folders) {
            try {
                out.println(folder.getName() + " " + String.join(" ", judge(folder.toPath())));
            } catch (org.xml.sax.SAXException | java.io.IOException unreadable) {
                out.println(folder.getName() + " " + unreadable.getClass().getSimpleName());
            }
        }
    }

    static List<String> judge(Path folder) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(folder.resolve("kousei.xml").toFile());
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        List<String> verdicts = new ArrayList<>();
        for (int i = 0; i < signatures.getLength(); i++) {
            verdicts.add(judge(folder, document, (Element) signatures.item(i)));
        }
        return verdicts;
    }

    static String judge(Path folder, Document document, Element signature) {
        try {
            DOMValidateContext context = new DOMValidateContext(certificate(signature).getPublicKey(), signature);
            context.setURIDereferencer((reference, ignored) -> {
                try {
                    return resolve(folder, document, new URI(reference.getURI()));
                } catch (Exception cause) {
                    throw new javax.xml.crypto.URIReferenceException(cause);
                }
            });
            XMLSignature read = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return read.validate(context) ? "valid" : "invalid";
        } catch (Exception exception) {
            return exception.getClass().getSimpleName();
        }
    }

    static X509Certificate certificate(Element signature) throws Exception {
        Node node = signature.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate").item(0);
        byte[] der = Base64.getMimeDecoder().decode(node.getTextContent());
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    static Data resolve(Path folder, Document document, URI uri) throws Exception {
        if (uri.getFragment() == null) {
            return new OctetStreamData(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(uri.getPath()))));
        }
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("ID").equals(uri.getFragment())) {
                List<Node> nodes = new ArrayList<>();
                collect(all.item(i), nodes);
                return (NodeSetData<Node>) nodes::iterator;
            }
        }
        throw new IllegalArgumentException("no element has this ID");
    }

    static void collect(Node node, List<Node> nodes) {
        nodes.add(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            collect(child, nodes);
        }
    }
}
