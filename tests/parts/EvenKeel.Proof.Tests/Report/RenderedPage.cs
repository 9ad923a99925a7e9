using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EvenKeel.Proof.Report;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Tests.Report;

/// <summary>A rendered report, read back by an XML parser, which accepts nothing that is not well-formed.</summary>
internal sealed class RenderedPage
{
    public RenderedPage(ReportModel model)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlReport.Write(model, writer);
        Text = writer.ToString();
        using var reader = XmlReader.Create(new StringReader(Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
        Document = XDocument.Load(reader);
    }

    public string Text { get; }

    public XDocument Document { get; }

    public IEnumerable<XElement> All(string name) => Document.Descendants().Where(element => element.Name.LocalName == name);

    public XElement ById(string id) => Document.Descendants().Single(element => (string?)element.Attribute("id") == id);
}
