namespace EvenKeel.Resp.Frames;

/// <summary>The types of RESP2. Those that RESP3 adds have names of their own when a parser offers them.</summary>
public enum RespKind
{
    /// <summary><c>+text</c>: a status.</summary>
    SimpleString = 0,

    /// <summary><c>-CODE text</c>: the server refused.</summary>
    Error = 1,

    /// <summary><c>:number</c>: a signed 64 bit integer.</summary>
    Integer = 2,

    /// <summary><c>$length</c> and that many bytes.</summary>
    Bulk = 3,

    /// <summary><c>*count</c> and that many values.</summary>
    Array = 4,

    /// <summary><c>$-1</c>: no value.</summary>
    NullBulk = 5,

    /// <summary><c>*-1</c>: no array.</summary>
    NullArray = 6,
}
