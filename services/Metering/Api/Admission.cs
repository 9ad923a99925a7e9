using Metering.Access;
using Metering.Schema;

namespace Metering.Api;

/// <summary>Lets requests in whose key belongs to an active tenant, once the database is prepared.</summary>
internal sealed class Admission(ApiKeys keys, Preparation preparation)
{
    /// <summary>The tenant of a request; null when the request was refused and has its answer.</summary>
    public async ValueTask<Tenant?> AdmitAsync(HttpContext context)
    {
        if (preparation.Failure is { } failure)
        {
            await Problems.UnavailableAsync(context, $"The instance is starting: {failure}.");
            return null;
        }

        Tenant? tenant = await keys.FindAsync(ApiKeys.Of(context.Request.Headers), context.RequestAborted);
        if (tenant is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.AnswerAsync(
                context, 401, "No valid key", "Send a key that is known and not revoked, as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.");
            return null;
        }

        if (!tenant.IsActive)
        {
            await Problems.AnswerAsync(context, 403, "The tenant is not active", $"Tenant {tenant.Name} is not active: its requests are refused.");
            return null;
        }

        return tenant;
    }
}
