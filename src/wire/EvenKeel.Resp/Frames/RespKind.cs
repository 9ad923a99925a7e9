namespace EvenKeel.Resp.Frames;

/// <summary>
/// The types of RESP2, and those of RESP3 that mean something else: a null, an error or a text of RESP3 has the kind of its RESP2 counterpart.
/// </summary>
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

    /// <summary><c>#t</c> or <c>#f</c>: 1 or 0 as its integer. RESP3.</summary>
    Boolean = 7,

    /// <summary><c>,number</c>: its text, such as <c>3.5</c>, <c>inf</c> or <c>nan</c>. RESP3.</summary>
    Double = 8,

    /// <summary><c>(number</c>: its digits, of any number. RESP3.</summary>
    BigNumber = 9,

    /// <summary><c>%pairs</c>: its keys and values in turn. RESP3.</summary>
    Map = 10,

    /// <summary><c>~count</c>: its members. RESP3.</summary>
    Set = 11,

    /// <summary><c>&gt;count</c>: something that no request asked for, such as a message of a channel. RESP3.</summary>
    Push = 12,
}
