using EvenKeel.Gateway.Affinity;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

// Keeping a client on its instance: what its cookie and its key said, kept for every attempt, and the cookie that it is given.
internal sealed partial class Exchange
{
    private readonly byte[] _affinity = new byte[AffinityToken.ValueLength];
    private int _affinityLength;
    private ulong? _key;
    private int[]? _order;

    private ReadOnlySpan<byte> Affinity => _affinity.AsSpan(0, _affinityLength);

    private void NoteAffinity(RequestHead head, ReadOnlySpan<byte> headBytes)
    {
        if (_route?.Chooser.Affinity is { } token)
        {
            // A value of another length is not one of ours: it counts as none.
            var value = token.Read(head, headBytes);
            _affinityLength = value.Length == _affinity.Length ? value.Length : 0;
            value[.._affinityLength].CopyTo(_affinity);
        }
    }

    private void BindClient()
    {
        _extraLength = 0;
        if (_choice.MustBind)
        {
            var line = _route!.Chooser.Affinity!.FieldLine(_choice.Endpoint, Client.IsSecure);
            line.CopyTo(_extraFields);
            _extraLength = line.Length;
        }
    }
}
