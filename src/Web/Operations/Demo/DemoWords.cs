namespace WildNOut.Web.Operations.Demo;

/// <summary>What the bots say.</summary>
internal static class DemoWords
{
    /// <summary>Titles and descriptions.</summary>
    public static readonly IReadOnlyList<(string Title, string Description)> Battles =
    [
        ("Friday freestyle", "Sixteen bars, any beat, no notes."),
        ("Market open roast", "Say it to the chart's face."),
        ("One word, one verse", "The word is: liquidity."),
        ("Elevator pitch cypher", "Sell your meme between two floors."),
        ("Grandma's rules", "Clean lines only. She is listening."),
        ("Beat drop derby", "Land the punch line on the drop."),
    ];

    /// <summary>Lines of entries.</summary>
    public static readonly IReadOnlyList<string> Lines =
    [
        "My rhymes are like my wallet keys: you'd better keep them safe, or I take all the fees.",
        "I came for the memes and I stayed for the verse; your flow had a rug pull, mine fills the purse.",
        "You mint every second, I print every bar; you're stuck in the mempool, I've landed so far.",
        "Your punch line took longer than blocks to confirm; I finished the battle, it's only my turn.",
        "I stack up the syllables, whole and exact; you rounded your talent and never got it back.",
        "They call me the oracle: fed with the facts; you call yourself stable and lean on the backs.",
        "Consensus is clear, and it's final, it's done: three nodes took a vote and they all said I won.",
        "You fork every verse and you never converge; I merge to the main and I ride on the surge.",
    ];
}
