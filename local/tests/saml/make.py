"""Makes the SAML fixtures of this folder with signxml (pip install signxml), so that another program than ours signs them.

Usage: python3 make.py
"""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner, methods

HERE = Path(__file__).parent
CALLBACK = "http://localhost:9400/saml2/idpresponse"

RESPONSE = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" ID="_response" Version="2.0" IssueInstant="2025-11-06T09:05:03Z"
    Destination="{CALLBACK}" InResponseTo="_request">
  <saml:Issuer>https://idp.example.com/entity</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Version="2.0" ID="_assertion" IssueInstant="2025-11-06T09:05:03.123Z">
    <saml:Issuer>https://idp.example.com/entity</saml:Issuer>
    <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">j.d\u00f6e@example.com</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="2025-11-06T09:10:03Z" Recipient="{CALLBACK}" InResponseTo="_request"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="2025-11-06T10:05:03+01:00" NotOnOrAfter="2025-11-06T09:10:03Z">
      <saml:AudienceRestriction><saml:Audience>urn:amazon:cognito:sp:eu-west-1_PoolPass1</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AttributeStatement>
      <saml:Attribute Name="mail" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"><saml:AttributeValue xsi:type="xs:string">j.d\u00f6e@example.com</saml:AttributeValue></saml:Attribute>
      <saml:Attribute Name="name"><saml:AttributeValue>John &lt;D\u00f6e&gt; &amp; "Sons"<!-- a comment --></saml:AttributeValue></saml:Attribute>
      <saml:Attribute Name="groups"><saml:AttributeValue>a</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue></saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>
"""

ENTITY = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/entity">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/redirect?a=b"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"""


def certificate(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.com")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime.datetime(2025, 1, 1))
    return builder.not_valid_after(datetime.datetime(2035, 1, 1)).sign(key, hashes.SHA256())


def signed(root, element, key, cert):
    ds = "http://www.w3.org/2000/09/xmldsig#"
    element.insert(1, etree.Element("{%s}Signature" % ds, nsmap={"ds": ds}, Id="placeholder"))
    signer = XMLSigner(method=methods.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
    result = signer.sign(element, key=key, cert=[cert], reference_uri="#" + element.get("ID"), id_attribute="ID")
    if element is root:
        return result
    root.replace(element, result)
    return root


def main():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    cert = certificate(key)
    pem = cert.public_bytes(serialization.Encoding.PEM).decode()
    (HERE / "metadata.xml").write_text(ENTITY % "".join(pem.splitlines(keepends=True)[1:-1]))
    root = etree.fromstring(RESPONSE)
    assertion = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
    write("assertion_signed.xml", signed(root, assertion, key, cert))
    root = etree.fromstring(RESPONSE)
    write("response_signed.xml", signed(root, root, key, cert))


def write(name, root):
    (HERE / name).write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


if __name__ == "__main__":
    main()
