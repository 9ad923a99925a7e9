using Albums.Stores;
using Npgsql;

namespace Albums.Tests.Stores;

public class PostgresAddressTests
{
    [Fact]
    public void A_url_says_all_there_is_to_say()
    {
        NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse("postgres://ann:p%40ss@db:5433/shop?sslmode=disable&connect_timeout=7");
        Assert.Equal(("db", 5433, "ann", "p@ss", "shop"), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
        Assert.Equal((SslMode.Disable, 7, 2, 20), (settings.SslMode, settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize));
    }

    [Fact]
    public void A_connection_string_of_the_driver_is_taken_as_it_is_with_short_timeouts_where_it_has_none()
    {
        NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse("Host=db;Username=ann;Command Timeout=9");
        Assert.Equal(("db", 9, 2), (settings.Host, settings.CommandTimeout, settings.Timeout));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("postgres://")]
    [InlineData("postgres://db/shop?nope=1")]
    public void What_is_neither_is_refused_with_both_forms(string text) =>
        Assert.Contains(
            "postgres://user:password@host:port/database",
            Assert.Throws<FormatException>(() => PostgresAddress.Parse(text)).Message,
            StringComparison.Ordinal);
}
