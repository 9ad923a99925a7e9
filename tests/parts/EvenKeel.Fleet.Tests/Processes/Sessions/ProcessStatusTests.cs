using System.Text;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Sessions;

public sealed class ProcessStatusTests
{
    private const string Rest = " S 1 4021 4020 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 8192 200 18446744073709551615";

    [Theory]
    [InlineData("cat")]
    [InlineData("a b) S 9 9 9 (c")]
    [InlineData(")")]
    [InlineData("new\nline")]
    public void The_name_may_hold_anything(string name) =>
        Assert.Equal(new ProcessStatus(4021, 'S', 1, 4020, 987654), ProcessStatus.Parse(Encoding.UTF8.GetBytes($"4021 ({name}){Rest}")));

    [Theory]
    [InlineData("")]
    [InlineData("4021")]
    [InlineData("4021 (cat)")]
    [InlineData("4021 (cat) S 1 2")]
    [InlineData("x (cat)" + Rest)]
    [InlineData(")(")]
    public void What_has_not_the_form_is_nobody(string line) => Assert.Null(ProcessStatus.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void This_process_is_found_and_started_before_now()
    {
        ProcessStatus? own = ProcessTable.Find(Environment.ProcessId);
        Assert.NotNull(own);
        Assert.True(own.Value.IsAlive);
        Assert.InRange(own.Value.StartTime, 1, ProcessTable.Now());
        Assert.Contains(own.Value.Id, ProcessTable.Read().Select(status => status.Id));
    }

    [Fact]
    public void A_process_that_is_not_there_is_not_found() => Assert.Null(ProcessTable.Find(int.MaxValue));
}
