<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ActivityStrip</name>
    <message numerus="yes">
        <source>%Ln more running</source>
        <translation>
            <numerusform>%Ln more running</numerusform>
            <numerusform>%Ln more running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more waiting</source>
        <translation>
            <numerusform>%Ln more waiting</numerusform>
            <numerusform>%Ln more waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more failed</source>
        <translation>
            <numerusform>%Ln more failed</numerusform>
            <numerusform>%Ln more failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArrivalBar</name>
    <message numerus="yes">
        <source>%n chapter(s) of this novel wait for analysis, as the file says.</source>
        <translation>
            <numerusform>%n chapter of this novel waits for analysis, as the file says.</numerusform>
            <numerusform>%n chapters of this novel wait for analysis, as the file says.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlueprintDesk</name>
    <message numerus="yes">
        <source>%n entry(s) added to the codex.</source>
        <translation>
            <numerusform>%n entry added to the codex.</numerusform>
            <numerusform>%n entries added to the codex.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BookCurves</name>
    <message numerus="yes">
        <source>%n written chapter(s) not measured as they are now</source>
        <translation>
            <numerusform>%n written chapter is not measured as it is now</numerusform>
            <numerusform>%n written chapters are not measured as they are now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BookSearchDesk</name>
    <message numerus="yes">
        <source>%Ln place(s) replaced</source>
        <translation>
            <numerusform>%Ln place replaced</numerusform>
            <numerusform>%Ln places replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapter(s) as before</source>
        <translation>
            <numerusform>%Ln chapter as before</numerusform>
            <numerusform>%Ln chapters as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln chapter(s) had changed and were left alone</source>
        <translation>
            <numerusform>; %Ln chapter had changed and were left alone</numerusform>
            <numerusform>; %Ln chapters had changed and were left alone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BookSearchPanel</name>
    <message numerus="yes">
        <source>Replace %Ln</source>
        <translation>
            <numerusform>Replace %Ln</numerusform>
            <numerusform>Replace %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln chapter(s)</source>
        <translation>
            <numerusform>in %Ln chapter</numerusform>
            <numerusform>in %Ln chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CandidateNotice</name>
    <message numerus="yes">
        <source>%n candidate(s) of this chapter are being written.</source>
        <translation>
            <numerusform>%n candidate of this chapter is being written.</numerusform>
            <numerusform>%n candidates of this chapter are being written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n candidate(s) of this chapter, not all were finished.</source>
        <translation>
            <numerusform>Of %n candidate of this chapter, not all was finished.</numerusform>
            <numerusform>Of %n candidates of this chapter, not all were finished.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s) of this chapter wait for your choice.</source>
        <translation>
            <numerusform>%n candidate of this chapter waits for your choice.</numerusform>
            <numerusform>%n candidates of this chapter wait for your choice.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CandidatePage</name>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation>
            <numerusform>%n candidate</numerusform>
            <numerusform>%n candidates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodexDetails</name>
    <message numerus="yes">
        <source>Show %n earlier</source>
        <translation>
            <numerusform>Show %n earlier</numerusform>
            <numerusform>Show %n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodexModel</name>
    <message numerus="yes">
        <source>%n facts</source>
        <translation>
            <numerusform>%n fact</numerusform>
            <numerusform>%n facts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodexTableDesk</name>
    <message numerus="yes">
        <source>%n entry(s) added</source>
        <translation>
            <numerusform>%n entry added</numerusform>
            <numerusform>%n entries added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CostsDialog</name>
    <message numerus="yes">
        <source>Together: {tokens} tokens in %Ln call(s). Cost: {cost}.</source>
        <translation>
            <numerusform>Together: {tokens} tokens in %Ln call. Cost: {cost}.</numerusform>
            <numerusform>Together: {tokens} tokens in %Ln calls. Cost: {cost}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CountChips</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln completed</source>
        <translation>
            <numerusform>%Ln completed</numerusform>
            <numerusform>%Ln completed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message numerus="yes">
        <source>%n chapter(s) added.</source>
        <translation>
            <numerusform>%n chapter added.</numerusform>
            <numerusform>%n chapters added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPreviewDialog</name>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPreviewWords</name>
    <message numerus="yes">
        <source>%n line(s) of Project Gutenberg&apos;s notices are left out.</source>
        <translation>
            <numerusform>%n line of Project Gutenberg&apos;s notices is left out.</numerusform>
            <numerusform>%n lines of Project Gutenberg&apos;s notices are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s), scene name(s) or unused part(s) of the project are left out.</source>
        <translation>
            <numerusform>%n tag, scene name or unused part of the project is left out.</numerusform>
            <numerusform>%n tags, scene names or unused parts of the project are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) become entries of the codex.</source>
        <translation>
            <numerusform>%n note becomes an entry of the codex.</numerusform>
            <numerusform>%n notes become entries of the codex.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The table of contents, %n line(s), is left out.</source>
        <translation>
            <numerusform>The table of contents, %n line, is left out.</numerusform>
            <numerusform>The table of contents, %n lines, is left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) without text.</source>
        <translation>
            <numerusform>%n chapter has no text.</numerusform>
            <numerusform>%n chapters have no text.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers jump %n time(s), first at {title}.</source>
        <translation>
            <numerusform>Numbers jump %n time, at {title}.</numerusform>
            <numerusform>Numbers jump %n times, first at {title}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers come again %n time(s), first {title}.</source>
        <translation>
            <numerusform>Numbers come again %n time: {title}.</numerusform>
            <numerusform>Numbers come again %n times, first {title}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers go back %n time(s), first at {title}.</source>
        <translation>
            <numerusform>Numbers go back %n time, at {title}.</numerusform>
            <numerusform>Numbers go back %n times, first at {title}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProviderPage</name>
    <message numerus="yes">
        <source>Connected: %n models.</source>
        <translation>
            <numerusform>Connected: %n model.</numerusform>
            <numerusform>Connected: %n models.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It writes about %n tokens a second.</source>
        <translation>
            <numerusform>It writes about %n token a second.</numerusform>
            <numerusform>It writes about %n tokens a second.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It computes %n answers at once.</source>
        <translation>
            <numerusform>It computes %n answer at once.</numerusform>
            <numerusform>It computes %n answers at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It uses %n threads of this computer.</source>
        <translation>
            <numerusform>It uses %n thread of this computer.</numerusform>
            <numerusform>It uses %n threads of this computer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewList</name>
    <message numerus="yes">
        <source>Contradictions (%n)</source>
        <translation>
            <numerusform>Contradictions (%n)</numerusform>
            <numerusform>Contradictions (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeveralNovels</name>
    <message numerus="yes">
        <source>%n novel(s)</source>
        <translation>
            <numerusform>%n novel</numerusform>
            <numerusform>%n novels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n novel(s) had missing or double numbers: their chapters are renumbered.</source>
        <translation>
            <numerusform>%n novel had missing or double numbers: its chapters are renumbered.</numerusform>
            <numerusform>%n novels had missing or double numbers: their chapters are renumbered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) had versions but none chosen: the newest is shown, the others are kept.</source>
        <translation>
            <numerusform>%n chapter had versions but none chosen: the newest is shown, the others are kept.</numerusform>
            <numerusform>%n chapters had versions but none chosen: the newest is shown, the others are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n novel(s) had more that has no place here than can be kept with them.</source>
        <translation>
            <numerusform>%n novel had more that has no place here than can be kept with it.</numerusform>
            <numerusform>%n novels had more that has no place here than can be kept with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SnapshotPanel</name>
    <message numerus="yes">
        <source>Restore %n passage(s)</source>
        <translation>
            <numerusform>Restore %n passage</numerusform>
            <numerusform>Restore %n passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message numerus="yes">
        <source>The last %n days</source>
        <translation>
            <numerusform>The last %n day</numerusform>
            <numerusform>The last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudioStatusBar</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unread notifications</source>
        <translation>
            <numerusform>%Ln unread notification</numerusform>
            <numerusform>%Ln unread notifications</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskDetails</name>
    <message numerus="yes">
        <source>{count} tokens</source>
        <translation>
            <numerusform>{count} token</numerusform>
            <numerusform>{count} tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message numerus="yes">
        <source>%Ln unread</source>
        <translation>
            <numerusform>%Ln unread</numerusform>
            <numerusform>%Ln unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unread notifications (%Ln)</source>
        <translation>
            <numerusform>Unread notifications (%Ln)</numerusform>
            <numerusform>Unread notifications (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n chapters analysed</source>
        <translation>
            <numerusform>%n chapter analysed</numerusform>
            <numerusform>%n chapters analysed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>%n cancelled</numerusform>
            <numerusform>%n cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapters</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new characters</source>
        <translation>
            <numerusform>%n new character</numerusform>
            <numerusform>%n new characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes in characters</source>
        <translation>
            <numerusform>%n change in characters</numerusform>
            <numerusform>%n changes in characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n additions to the world</source>
        <translation>
            <numerusform>%n addition to the world</numerusform>
            <numerusform>%n additions to the world</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seeds of foreshadowing</source>
        <translation>
            <numerusform>%n seed of foreshadowing</numerusform>
            <numerusform>%n seeds of foreshadowing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set aside as doubtful</source>
        <translation>
            <numerusform>%n set aside as doubtful</numerusform>
            <numerusform>%n set aside as doubtful</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} words</source>
        <translation>
            <numerusform>{count} word</numerusform>
            <numerusform>{count} words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} token(s)</source>
        <translation>
            <numerusform>{count} token</numerusform>
            <numerusform>{count} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n chapter(s) of the run are written.</source>
        <translation>
            <numerusform>The one chapter of the run is written (%n).</numerusform>
            <numerusform>All %n chapters of the run are written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was ended after %n chapter(s).</source>
        <translation>
            <numerusform>The run was ended after %n chapter.</numerusform>
            <numerusform>The run was ended after %n chapters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) to be planned</source>
        <translation>
            <numerusform>%n chapter to be planned</numerusform>
            <numerusform>%n chapters to be planned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_CombineBox</name>
    <message numerus="yes">
        <source>%n file(s), in this order:</source>
        <translation>
            <numerusform>%n file, in this order:</numerusform>
            <numerusform>%n files, in this order:</numerusform>
        </translation>
    </message>
</context>
</TS>
