namespace EvenKeel.Configuration.Diagnostics;

/// <summary>The stable codes of configuration errors. A code is never reused; each has an entry in
/// <c>docs/reference/errors.md</c>.</summary>
public static class DiagnosticCodes
{
    /// <summary>There is no such file, or no configuration file in the folder.</summary>
    public const string FileNotFound = "EK2001";

    /// <summary>A folder has both evenkeel.yaml and evenkeel.yml.</summary>
    public const string TwoFiles = "EK2002";

    /// <summary>A map has a key that is not known there.</summary>
    public const string UnknownKey = "EK2003";

    /// <summary>The file exists and cannot be read.</summary>
    public const string Unreadable = "EK2004";

    /// <summary>The file is not UTF-8 text.</summary>
    public const string NotText = "EK2005";

    /// <summary>The file is larger than 1 MiB.</summary>
    public const string FileTooLarge = "EK2006";

    /// <summary>Maps and lists are nested deeper than 32 levels.</summary>
    public const string TooDeep = "EK2007";

    /// <summary>The text is not valid YAML.</summary>
    public const string Syntax = "EK2008";

    /// <summary>A tab stands where YAML wants spaces.</summary>
    public const string Tab = "EK2009";

    /// <summary>A bracket, brace or quote is opened and not closed.</summary>
    public const string NotClosed = "EK2010";

    /// <summary>The file holds more than one YAML document.</summary>
    public const string SeveralDocuments = "EK2011";

    /// <summary>An anchor, alias, merge key, tag or composite key: YAML that is not used here.</summary>
    public const string UnsupportedYaml = "EK2012";

    /// <summary>A map has the same key twice.</summary>
    public const string DuplicateKey = "EK2013";

    /// <summary>The file has no content.</summary>
    public const string Empty = "EK2014";

    /// <summary>A required key is missing.</summary>
    public const string MissingKey = "EK2015";

    /// <summary>A value is of another kind than expected, such as a list in place of a map.</summary>
    public const string WrongType = "EK2016";

    /// <summary>A key has no value.</summary>
    public const string NoValue = "EK2017";

    /// <summary>A number, duration, size or rate is outside its range.</summary>
    public const string OutOfRange = "EK2018";

    /// <summary>A value is not one of the words that are known there.</summary>
    public const string UnknownWord = "EK2019";

    /// <summary>A duration is not written as number and unit.</summary>
    public const string BadDuration = "EK2020";

    /// <summary>A size is not written as number and unit.</summary>
    public const string BadSize = "EK2021";

    /// <summary>A rate is not written as number or number per second.</summary>
    public const string BadRate = "EK2022";

    /// <summary>A text does not have the form that is wanted there.</summary>
    public const string BadText = "EK2023";

    /// <summary>An address is not valid.</summary>
    public const string BadAddress = "EK2024";

    /// <summary>A request is not written as method and path.</summary>
    public const string BadRequestLine = "EK2025";

    /// <summary>A template has a placeholder that is not known.</summary>
    public const string UnknownPlaceholder = "EK2026";

    /// <summary>A JSON pointer is not valid.</summary>
    public const string BadPointer = "EK2027";

    /// <summary>A threshold is not written as metric, operator and value.</summary>
    public const string BadThreshold = "EK2028";

    /// <summary>A command is empty, has an open quote or needs a shell.</summary>
    public const string BadCommand = "EK2029";

    /// <summary>A variable is not set and has no default.</summary>
    public const string UnsetVariable = "EK2030";

    /// <summary>A variable that the file demands, with a message of its own, is not set.</summary>
    public const string DemandedVariable = "EK2031";

    /// <summary>An interpolation is not written correctly.</summary>
    public const string BadInterpolation = "EK2032";

    /// <summary>A variable without braces is not replaced.</summary>
    public const string BareVariable = "EK2033";

    /// <summary>The .env file cannot be read or has a line that is not NAME=value.</summary>
    public const string BadEnvFile = "EK2034";

    /// <summary>A list or map has too few or too many elements.</summary>
    public const string WrongCount = "EK2035";

    /// <summary>A service is named that the file does not define.</summary>
    public const string UnknownService = "EK2040";

    /// <summary>An instance is named that the service does not have.</summary>
    public const string UnknownInstance = "EK2041";

    /// <summary>The number of ports differs from the number of instances.</summary>
    public const string PortCount = "EK2042";

    /// <summary>A port is used twice.</summary>
    public const string DuplicatePort = "EK2043";

    /// <summary>A route is never chosen, because an earlier one takes all of its requests.</summary>
    public const string DuplicateRoute = "EK2044";

    /// <summary>Several services and no routes.</summary>
    public const string RoutesNeeded = "EK2045";

    /// <summary>Stages with rates and stages with users in one load.</summary>
    public const string MixedStages = "EK2046";

    /// <summary>Two keys that exclude each other are both given.</summary>
    public const string Exclusive = "EK2047";

    /// <summary>A workload's requests leave no way to know or to name an element.</summary>
    public const string UntraceableElement = "EK2048";

    /// <summary>A fault begins when the load is over.</summary>
    public const string LateFault = "EK2049";

    /// <summary>Two values contradict each other.</summary>
    public const string Contradiction = "EK2050";

    /// <summary>A name that must be unique is used twice.</summary>
    public const string DuplicateName = "EK2051";

    /// <summary>The file is written for another version of the format.</summary>
    public const string WrongVersion = "EK2052";

    /// <summary>A service has the same address twice.</summary>
    public const string DuplicateAddress = "EK2060";

    /// <summary>A proof of a cluster that has a service of addresses.</summary>
    public const string UnprovableService = "EK2061";

    /// <summary>A reference names no service of a kind, or nothing that such a service has.</summary>
    public const string BadReference = "EK2070";

    /// <summary>A reference to a service stands where it is not replaced.</summary>
    public const string MisplacedReference = "EK2071";

    /// <summary>A key belongs to services of another kind.</summary>
    public const string ForeignKey = "EK2072";

    /// <summary>Services wait for each other.</summary>
    public const string StartCycle = "EK2073";

    /// <summary>A server of a kind is told to balance or scrape what it cannot.</summary>
    public const string BadTarget = "EK2074";

    /// <summary>A request of a load repeats one that is not there.</summary>
    public const string UnknownRequest = "EK2075";

    /// <summary>More errors were found than are shown.</summary>
    public const string TooManyErrors = "EK2099";
}
