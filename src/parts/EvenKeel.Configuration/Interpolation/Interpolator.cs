using System.Text;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Interpolation;

/// <summary>
/// Replaces variables in one value, by the rules of compose files:
/// <c>${V}</c> the value; <c>${V:-word}</c> word when unset or empty, <c>${V-word}</c> when unset; <c>${V:?word}</c> and <c>${V?word}</c>
/// an error with that message in the same cases; <c>${V:+word}</c> word when set and not empty, <c>${V+word}</c> when set, else nothing;
/// <c>$$</c> a dollar. Words may hold variables and are evaluated only when they are taken. Unlike compose, a variable that is unset and
/// has no default is an error, and so is <c>$V</c> without braces, which is usually meant for a shell. References to services are kept.
/// </summary>
internal sealed class Interpolator
{
    /// <summary>Variables within words of variables.</summary>
    public const int MaxNesting = 16;

    /// <summary>Characters of one value after replacement.</summary>
    public const int MaxLength = 1 << 20;

    private readonly string _text;
    private readonly Func<string, string?> _lookup;
    private readonly List<string> _variables = [];
    private readonly List<string> _references = [];
    private readonly List<InterpolationFault> _faults = [];
    private int _position;
    private bool _stopped;

    private Interpolator(string text, Func<string, string?> lookup)
    {
        _text = text;
        _lookup = lookup;
    }

    /// <summary>Replaces the variables of a value.</summary>
    /// <param name="text">The value.</param>
    /// <param name="lookup">Gives the value of a variable, or null when it is not set.</param>
    public static Interpolation Expand(string text, Func<string, string?> lookup)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return new Interpolation(text, [], []);
        }

        var interpolator = new Interpolator(text, lookup);
        var result = interpolator.ReadWord(evaluate: true, nesting: 0);
        return new Interpolation(result, interpolator._variables, interpolator._faults) { References = interpolator._references };
    }

    /// <summary>Reads to the end of the text, or to the brace that closes the word when nested.</summary>
    private string ReadWord(bool evaluate, int nesting)
    {
        var result = new StringBuilder();
        while (_position < _text.Length && !_stopped)
        {
            var current = _text[_position];
            var next = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
            if (current == '}' && nesting > 0)
            {
                break;
            }

            if (current != '$' || (next != '$' && next != '{' && !IsNameStart(next)))
            {
                result.Append(current);
                _position++;
            }
            else if (next == '$')
            {
                result.Append('$');
                _position += 2;
            }
            else if (next == '{')
            {
                result.Append(ReadVariable(evaluate, nesting + 1));
            }
            else
            {
                RefuseBare();
            }

            if (result.Length > MaxLength)
            {
                Stop(DiagnosticCodes.BadInterpolation, 0, _text.Length,
                    $"the value is longer than {MaxLength} characters after its variables were replaced");
            }
        }

        return result.ToString();
    }

    /// <summary>Reads one <c>${...}</c> and gives what it stands for.</summary>
    private string ReadVariable(bool evaluate, int nesting)
    {
        var start = _position;
        if (nesting > MaxNesting)
        {
            Stop(DiagnosticCodes.BadInterpolation, start, 2, $"variables are nested deeper than {MaxNesting} levels");
            return "";
        }

        // 1. The name.
        _position += 2;
        var name = ReadName();
        if (name.Length == 0)
        {
            Stop(DiagnosticCodes.BadInterpolation, start, 2, "'${' is not followed by a variable's name", "expected '${NAME}'");
            return "";
        }

        if (name == ServiceReference.Root && _position < _text.Length && _text[_position] == '.')
        {
            return ReadReference(start, evaluate);
        }

        // 2. The operator and, if its condition holds, the word. A word that is not taken is read all the same, for its end.
        var value = evaluate ? _lookup(name) : null;
        var operation = ReadOperator();
        if (operation is null)
        {
            Stop(DiagnosticCodes.BadInterpolation, start, _position - start, $"the variable '{name}' is not closed",
                "expected '}' or one of ':-', '-', ':?', '?', ':+', '+'");
            return "";
        }

        var isEmpty = operation.StartsWith(':') ? string.IsNullOrEmpty(value) : value is null;
        var takesWord = operation.EndsWith('+') ? !isEmpty : isEmpty;
        var word = operation.Length > 0 ? ReadWord(evaluate && takesWord, nesting) : "";
        if (_stopped)
        {
            return "";
        }

        // 3. The end.
        if (_position >= _text.Length)
        {
            Stop(DiagnosticCodes.BadInterpolation, start, _text.Length - start, $"the variable '{name}' is not closed", "expected '}'");
            return "";
        }

        _position++;
        return evaluate ? Choose(start, name, value, operation, takesWord, word) : "";
    }

    /// <summary>What a variable stands for, once it was read to its end; or its fault.</summary>
    private string Choose(int start, string name, string? value, string operation, bool takesWord, string word)
    {
        _variables.Add(name);
        var isDemanded = operation.EndsWith('?') && takesWord;
        if (isDemanded || (operation.Length == 0 && value is null))
        {
            var message = $"the variable '{name}' is not set" + (word.Length > 0 ? ": " + word : "");
            var help = $"set {name} in the environment or in .env" + (isDemanded ? "" : $", or give a default: ${{{name}:-value}}");
            AddFault(isDemanded ? DiagnosticCodes.DemandedVariable : DiagnosticCodes.UnsetVariable, start, _position - start, message,
                "not set", help);
            return "";
        }

        return operation switch
        {
            ":-" or "-" => takesWord ? word : value!,
            ":+" or "+" => takesWord ? word : "",
            _ => value!,
        };
    }

    /// <summary>Reads <c>${services.NAME.FIELD}</c>, which stays as it is: only a start knows what it stands for.</summary>
    private string ReadReference(int start, bool evaluate)
    {
        var end = _text.IndexOf('}', _position);
        var reference = end < 0 ? "" : _text[start..(end + 1)];
        if (!ServiceReference.IsWhole(reference))
        {
            Stop(DiagnosticCodes.BadReference, start, reference.Length > 0 ? reference.Length : _text.Length - start, "this is no reference to a service",
                "expected '${services.NAME.FIELD}'");
            return "";
        }

        _position = end + 1;
        if (evaluate)
        {
            _references.Add(reference);
        }

        return reference;
    }

    private string ReadName()
    {
        var start = _position;
        while (_position < _text.Length && (IsNameStart(_text[_position]) || (_position > start && char.IsAsciiDigit(_text[_position]))))
        {
            _position++;
        }

        return _text[start.._position];
    }

    /// <summary>The operator after a name, empty before the closing brace, null when there is neither.</summary>
    private string? ReadOperator()
    {
        foreach (var candidate in (ReadOnlySpan<string>)[":-", ":?", ":+", "-", "?", "+"])
        {
            if (string.CompareOrdinal(_text, _position, candidate, 0, candidate.Length) == 0)
            {
                _position += candidate.Length;
                return candidate;
            }
        }

        return _position < _text.Length && _text[_position] == '}' ? "" : null;
    }

    private void RefuseBare()
    {
        var start = _position++;
        var name = ReadName();
        AddFault(DiagnosticCodes.BareVariable, start, name.Length + 1, $"'${name}' is not replaced",
            $"write ${{{name}}} for the variable, or $${name} for a dollar", null);
    }

    /// <summary>Reports a fault after which the rest of the value cannot be read.</summary>
    private void Stop(string code, int start, int length, string message, string? label = null)
    {
        AddFault(code, start, length, message, label, "write ${NAME} or ${NAME:-default}; $$ is a dollar");
        _stopped = true;
    }

    private void AddFault(string code, int start, int length, string message, string? label, string? help)
    {
        var dollar = _text.AsSpan(0, start).Count('$');
        _faults.Add(new InterpolationFault(code, dollar, length, message, label, help));
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
