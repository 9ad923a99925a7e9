using Metering.Aggregation;
using Metering.Schema;
using Npgsql;

namespace Metering.Health;

/// <summary>
/// <c>/livez</c>: the process serves requests. <c>/readyz</c> and <c>/actuator/health</c>: the database answers as well. Redis is told and
/// never decides, since everything stays right without it.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes, NpgsqlDataSource database, Preparation preparation, RedisWindowGate? gate, TimeProvider time)
    {
        routes.MapGet("/livez", context => AnswerAsync(context, 200, """{"status":"UP"}"""));
        RequestDelegate ready = async context =>
        {
            string? failure = preparation.Failure ?? await FailureAsync(database, time, context.RequestAborted);
            string redis = gate is null ? "OFF" : gate.IsAnswering ? "UP" : "DOWN";
            string state = failure is null ? "UP" : "DOWN";
            string detail = failure is null ? "" : $",\"detail\":\"{System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(failure)}\"";
            await AnswerAsync(
                context,
                failure is null ? 200 : 503,
                $"{{\"status\":\"{state}\",\"components\":{{\"db\":{{\"status\":\"{state}\"{detail}}},\"redis\":{{\"status\":\"{redis}\"}}}}}}");
        };
        routes.MapGet("/readyz", ready);
        routes.MapGet("/actuator/health", ready);
    }

    private static async Task<string?> FailureAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using NpgsqlCommand command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(either.Token);
            return null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"PostgreSQL did not answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return error.Message;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
