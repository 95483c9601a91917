using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What is wrong with a command whatever the state of the feed: such a reader has a fault, and would only do harm by repeating.</summary>
internal static class FeedValidation
{
    /// <summary>The fault; null when there is none.</summary>
    public static Rejection? Judge(RecordBlocks command) =>
        command.Upto.Slot < command.After.Slot ? Rejection.Invalid("upto", "lies before the block after which it comes")
        : Judge(command.Blocks, command.Upto.Hash is null ? null : command.After.Slot, command.Upto.Slot);

    /// <summary>The fault; null when there is none.</summary>
    public static Rejection? Judge(ReconcileBlocks command) =>
        command.Upto < command.After ? Rejection.Invalid("upto", "lies before the slot after which it comes")
        : Judge(command.Blocks, command.After, command.Upto);

    private static Rejection? Judge(IReadOnlyList<FeedBlock> blocks, ulong? after, ulong upto)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var slot = blocks[i].Id.Slot;
            if (slot <= after || slot > upto || (i > 0 && slot <= blocks[i - 1].Id.Slot))
            {
                return Rejection.Invalid("blocks", "must rise from after to upto");
            }
        }

        return null;
    }
}
