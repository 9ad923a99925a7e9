namespace EvenKeel.Configuration.Nodes;

/// <summary>How YAML 1.2 reads an unquoted value (core schema, chapter 10.3).</summary>
internal enum ScalarType
{
    Text = 0,
    Number = 1,
    Boolean = 2,
    Null = 3,
}
