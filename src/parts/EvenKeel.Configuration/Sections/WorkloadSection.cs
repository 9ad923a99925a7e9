using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A set of elements behind HTTP, and how it is added to and read.</summary>
internal static class WorkloadSection
{
    private static readonly Key<string> Items = Key.Optional("items", Scalars.Pointer, "",
        "Where the array is in the reply; `''` is the whole document.");

    private static readonly Key<string> ItemId = Key.Optional("id", Scalars.Pointer, "/id", "Where the id is in an element.");

    private static readonly Key<string> ItemValue = Key.Absent("value", Scalars.Pointer, "elements are compared by id alone",
        "Where the value is in an element.");

    private static readonly ObjectSchema<ListRequest> ListSchema = new(
        "list", "The request that reads all elements.",
            [RequestSection.LineKey, RequestSection.Body, RequestSection.Headers, Items, ItemId, ItemValue],
        values => new ListRequest(RequestSection.Create(values), values.Get(Items), values.Get(ItemId), values.Find(ItemValue)));

    private static readonly Key<AddRequest> Add = Key.Required("add", AddSection.Schema, "The request that adds one element.", "create",
        "insert", "post");

    private static readonly Key<ListRequest> List = Key.Required("list", ListSchema, "The request that reads all elements.", "all", "read");

    private static readonly Key<RequestOptions> Get = Key.Absent("get", RequestSection.Schema, "only the list is read",
        "The request that reads one element by `{id}`; 404 means absent.");

    private static readonly Key<RequestOptions> Remove = Key.Absent("remove", RequestSection.Schema, "what was added stays",
        "The request that removes one element by `{id}` after the checks.", "delete");

    public static readonly ObjectSchema<WorkloadOptions> Schema = new(
        "workload", "A set of elements behind HTTP: how one is added, how they are read, and where ids and values are in the replies.",
            [Add, List, Get, Remove],
        values => new WorkloadOptions
        {
            Add = values.Get(Add).Request,
            AddedId = values.Get(Add).Id,
            List = values.Get(List).Request,
            Items = values.Get(List).Items,
            ItemId = values.Get(List).Id,
            ItemValue = values.Get(List).Value,
            Get = values.Find(Get),
            Remove = values.Find(Remove),
        })
    {
        Check = values =>
        {
            RequestSection.RequireId(values, Get);
            RequestSection.RequireId(values, Remove);
        },
    };
}
