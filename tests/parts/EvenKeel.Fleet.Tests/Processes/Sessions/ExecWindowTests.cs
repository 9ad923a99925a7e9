using System.Text;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Sessions;

public sealed class ExecWindowTests
{
    [Theory]
    [InlineData('R', 4194304, "0", true)]
    [InlineData('R', 4194304, "140737488351223", false)]
    [InlineData('Z', 4194304, "0", false)]
    [InlineData('I', 0x208040, "0", false)]
    public void It_is_open_while_a_user_process_has_no_place_for_its_environment(char state, int flags, string end, bool expected) =>
        Assert.Equal(expected, ExecWindow.IsOpen(Line(state, flags, end)));

    [Fact]
    public void A_line_that_is_cut_off_is_no_such_process() => Assert.False(ExecWindow.IsOpen("4021 (sh) R 1 2"u8));

    [Fact]
    public void This_process_is_not_in_it() => Assert.False(ExecWindow.IsOpen(ProcFile.Read("/proc/self/stat")));

    private static byte[] Line(char state, int flags, string end)
    {
        string[] fields = [.. Enumerable.Repeat("1", 50)];
        fields[0] = state.ToString();
        fields[6] = flags.ToString(System.Globalization.CultureInfo.InvariantCulture);
        fields[48] = end;
        return Encoding.ASCII.GetBytes("4021 (a ) b) " + string.Join(' ', fields));
    }
}
