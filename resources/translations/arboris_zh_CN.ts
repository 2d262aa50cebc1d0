<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Arboris Desktop</source>
        <translation>关于 Arboris Desktop</translation>
    </message>
    <message>
        <source>Arboris Desktop {version}</source>
        <translation>Arboris Desktop {version}</translation>
    </message>
    <message>
        <source>A studio for writing long novels with a language model, on your own machine.</source>
        <translation>在自己的电脑上，借助语言模型创作长篇小说的工作室。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>MIT, open source</source>
        <translation>MIT，开源软件</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>Your novels</source>
        <translation>你的小说</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>你的数据</translation>
    </message>
    <message>
        <source>Open &amp;Folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Arboris contains works by others, each under its own licence.</source>
        <translation>Arboris 包含第三方作品，各自适用其许可证。</translation>
    </message>
    <message>
        <source>Works by others</source>
        <translation>第三方作品</translation>
    </message>
    <message>
        <source>Open the &amp;List</source>
        <translation>打开清单(&amp;L)</translation>
    </message>
    <message>
        <source>No program on this computer can open it. It is here: {path}</source>
        <translation>本机没有可以打开它的程序。它在这里：{path}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;All Novels</source>
        <translation>所有小说(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;New Novel…</source>
        <translation>新建小说(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Import a &amp;Folder…</source>
        <translation>导入文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Append C&amp;hapters from a File…</source>
        <translation>从文件追加章节(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Export All Novels (&amp;Library)…</source>
        <translation>导出全部小说（书库）(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Back Up Now</source>
        <translation>立即备份(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Restore a Backup…</source>
        <translation>恢复备份(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Details…</source>
        <translation>详情(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Voice and Rules…</source>
        <translation>叙述口吻与写作规则(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Costs…</source>
        <translation>费用(&amp;C)…</translation>
    </message>
    <message>
        <source>Writing S&amp;tatistics…</source>
        <translation>写作统计(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Prompts of This Novel…</source>
        <translation>本书的提示词(&amp;P)…</translation>
    </message>
    <message>
        <source>W&amp;hat the Model Is Told…</source>
        <translation>上下文预览(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Stop Writing</source>
        <translation>停止写作(&amp;S)</translation>
    </message>
    <message>
        <source>Continue from the C&amp;ursor</source>
        <translation>从光标处续写(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Analyse Chapter</source>
        <translation>分析本章(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Write Many Chapters…</source>
        <translation>连续写多章(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Underline Names of the Codex</source>
        <translation>标出设定集里的名字(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Stop Writing {chapters}</source>
        <translation>停止写作：{chapters}(&amp;S)</translation>
    </message>
    <message>
        <source>Analyse Man&amp;y Chapters…</source>
        <translation>批量分析章节(&amp;Y)…</translation>
    </message>
    <message>
        <source>&amp;Generate Chapter…</source>
        <translation>生成本章(&amp;G)…</translation>
    </message>
    <message>
        <source>Copy for &amp;Publishing…</source>
        <translation>复制发布稿(&amp;P)…</translation>
    </message>
    <message>
        <source>A&amp;dd Chapter</source>
        <translation>添加章节(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Pause the Queue</source>
        <translation>暂停队列(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Focus Mode</source>
        <translation>专注模式(&amp;F)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Pane</source>
        <translation>下一栏(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Pane</source>
        <translation>上一栏(&amp;V)</translation>
    </message>
    <message>
        <source>Second &amp;Pane</source>
        <translation>第二栏(&amp;P)</translation>
    </message>
    <message>
        <source>Side&amp;bar</source>
        <translation>侧边栏(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Larger Text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller Text</source>
        <translation>缩小文字(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Normal Size of Text</source>
        <translation>正常字号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Typewriter Scrolling</source>
        <translation>打字机滚动(&amp;T)</translation>
    </message>
    <message>
        <source>Dim All but the Para&amp;graph</source>
        <translation>只突出当前段落(&amp;G)</translation>
    </message>
    <message>
        <source>Dim All but the S&amp;entence</source>
        <translation>只突出当前句子(&amp;E)</translation>
    </message>
    <message>
        <source>Co&amp;mment on the Passage</source>
        <translation>批注选中的文字(&amp;M)</translation>
    </message>
    <message>
        <source>Take a S&amp;napshot…</source>
        <translation>保存快照(&amp;N)…</translation>
    </message>
    <message>
        <source>User &amp;Guide</source>
        <translation>使用指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Arboris Desktop</source>
        <translation>关于 Arboris Desktop(&amp;A)</translation>
    </message>
</context>
<context>
    <name>ActivityStrip</name>
    <message>
        <source>The queue is paused</source>
        <translation>队列已暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Activity: {state}</source>
        <translation>后台任务：{state}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more running</source>
        <translation>
            <numerusform>另有 %Ln 个在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more waiting</source>
        <translation>
            <numerusform>另有 %Ln 个在等待</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more failed</source>
        <translation>
            <numerusform>另有 %Ln 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide this failure here; Activity still lists it</source>
        <translation>不再在这里提示此失败；后台任务中仍会列出</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all background work</source>
        <translation>查看全部后台任务</translation>
    </message>
</context>
<context>
    <name>AdoptDialog</name>
    <message>
        <source>Use the blueprint for the novel</source>
        <translation>将蓝图用于本书</translation>
    </message>
    <message>
        <source>The &amp;title</source>
        <translation>书名(&amp;T)</translation>
    </message>
    <message>
        <source>The &amp;summary, as the novel&apos;s premise</source>
        <translation>简介，作为本书的故事核心(&amp;S)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Now: {text}</source>
        <translation>目前：{text}</translation>
    </message>
    <message>
        <source>The style is the same in both already.</source>
        <translation>文风在两处本来就是同一项。</translation>
    </message>
</context>
<context>
    <name>AlertCard</name>
    <message>
        <source>Opens the chapter at the quotation</source>
        <translation>打开章节并定位到引文</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>已修正</translation>
    </message>
    <message>
        <source>Not a contradiction</source>
        <translation>不算矛盾</translation>
    </message>
    <message>
        <source>The book is right now; take this off the list</source>
        <translation>书稿已改好，从列表中移除</translation>
    </message>
    <message>
        <source>Both are intended; do not list this again</source>
        <translation>两处都是有意为之，不再列出</translation>
    </message>
</context>
<context>
    <name>AnalysisPage</name>
    <message>
        <source>After each chapter, in the background:</source>
        <translation>每章写完后，在后台分析：</translation>
    </message>
    <message>
        <source>All in &amp;one question</source>
        <translation>合为一次提问(&amp;O)</translation>
    </message>
    <message>
        <source>The chapter is sent once instead of five times. Only if all of these are on and the model&apos;s context is 32,000 tokens or more; otherwise, and if the single answer cannot be read, they are asked one by one.</source>
        <translation>正文只发送一次，而不是五次。仅当以上各项全部开启、模型上下文不少于 32,000 个 token 时才这样做；否则，或者这一次的回答无法读取时，仍逐项提问。</translation>
    </message>
    <message>
        <source> characters</source>
        <translation> 个字符</translation>
    </message>
    <message>
        <source>&amp;Shortest chapter</source>
        <translation>最短章节(&amp;S)</translation>
    </message>
    <message>
        <source>Chapters shorter than this are not analysed.</source>
        <translation>比这更短的章节不作分析。</translation>
    </message>
    <message>
        <source>&amp;Minimum confidence</source>
        <translation>最低置信度(&amp;M)</translation>
    </message>
    <message>
        <source>Facts about which the model is less sure (0 to 1) are kept apart in the codex.</source>
        <translation>置信度低于此值（0 到 1）的内容会在设定集中单独列出。</translation>
    </message>
</context>
<context>
    <name>AnswerBox</name>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Leave open</source>
        <translation>先留白</translation>
    </message>
    <message>
        <source>The model goes on to something else</source>
        <translation>模型会转而问别的</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>你的回答</translation>
    </message>
    <message>
        <source>What would you like to write about?</source>
        <translation>你想写什么？</translation>
    </message>
    <message>
        <source>Your own words, with or without a choice (Enter sends)</source>
        <translation>用自己的话说，也可同时选几项（按 Enter 发送）</translation>
    </message>
</context>
<context>
    <name>ArrivalBar</name>
    <message numerus="yes">
        <source>%n chapter(s) of this novel wait for analysis, as the file says.</source>
        <translation>
            <numerusform>文件显示，这部小说有 %n 章等待分析。</numerusform>
        </translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Asks your model about each of them</source>
        <translation>逐章询问你的模型</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>不分析</translation>
    </message>
    <message>
        <source>You can still analyse them one by one</source>
        <translation>之后仍可逐章分析</translation>
    </message>
    <message>
        <source>The file brought instructions for the model. They are off until you accept.</source>
        <translation>文件带来了给模型的指示。在你接受之前，它们不会生效。</translation>
    </message>
    <message>
        <source>Look at Them…</source>
        <translation>查看…</translation>
    </message>
</context>
<context>
    <name>AutoBar</name>
    <message>
        <source>Chapters of the run that are written</source>
        <translation>本次已写好的章数</translation>
    </message>
    <message>
        <source>Writing many chapters ({done} of {all}): {reason}</source>
        <translation>连续写作（{done}/{all}）：{reason}</translation>
    </message>
    <message>
        <source>{chapter}: {step}</source>
        <translation>{chapter}：{step}</translation>
    </message>
    <message>
        <source>Writing many chapters ({done} of {all}) · {where}</source>
        <translation>连续写作（{done}/{all}）· {where}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AutoDesk</name>
    <message>
        <source>Many chapters of another novel are being written. Pause or end that first.</source>
        <translation>另一部小说正在连续写作多章。请先暂停或结束它。</translation>
    </message>
</context>
<context>
    <name>AutoDialog</name>
    <message>
        <source>Write Many Chapters</source>
        <translation>连续写多章</translation>
    </message>
    <message>
        <source>Continue the Run</source>
        <translation>继续写作</translation>
    </message>
    <message>
        <source>First chapter</source>
        <translation>起始章</translation>
    </message>
    <message>
        <source>Last chapter</source>
        <translation>结束章</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选稿数</translation>
    </message>
    <message>
        <source>An evaluation by the model</source>
        <translation>由模型评估</translation>
    </message>
    <message>
        <source>Myself, chapter by chapter</source>
        <translation>由我逐章选定</translation>
    </message>
    <message>
        <source>&amp;Wait for each chapter&apos;s analysis before the next</source>
        <translation>等上一章分析完再写下一章(&amp;W)</translation>
    </message>
    <message>
        <source>Stop when a chapter &amp;contradicts the codex</source>
        <translation>发现与设定集矛盾时停下(&amp;C)</translation>
    </message>
    <message>
        <source>Maximum tokens, in thousands</source>
        <translation>token 上限（千）</translation>
    </message>
    <message>
        <source>,000 tokens</source>
        <translation>,000 token</translation>
    </message>
    <message>
        <source>Highest cost</source>
        <translation>费用上限</translation>
    </message>
    <message>
        <source>Longest time, in minutes</source>
        <translation>时间上限（分钟）</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>C&amp;hapters</source>
        <translation>章节(&amp;H)</translation>
    </message>
    <message>
        <source>Ca&amp;ndidates of each</source>
        <translation>每章候选稿(&amp;N)</translation>
    </message>
    <message>
        <source>Wh&amp;o chooses</source>
        <translation>由谁选定(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Token limit</source>
        <translation>token 上限(&amp;T)</translation>
    </message>
    <message>
        <source>Cost &amp;limit</source>
        <translation>费用上限(&amp;L)</translation>
    </message>
    <message>
        <source>T&amp;ime limit</source>
        <translation>时间上限(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Chapters that have text are left as they are. The first limit that is reached stops the run before the next chapter.</source>
        <translation>已有文字的章节保持原样。达到任一上限，就会在下一章之前停下。</translation>
    </message>
    <message>
        <source>Set at least one limit: a run cannot start without one.</source>
        <translation>请至少设一个上限：没有上限就不会开始花费。</translation>
    </message>
    <message>
        <source>Expected: about {tokens} tokens, analyses not counted.</source>
        <translation>预计：约 {tokens} token，不含分析。</translation>
    </message>
</context>
<context>
    <name>BackupDesk</name>
    <message>
        <source>Backed up: {file}, {size}.</source>
        <translation>已备份：{file}，{size}。</translation>
    </message>
    <message>
        <source>Your last changes are not in it: they are not saved yet.</source>
        <translation>你最后的修改不在其中：它们还没有保存。</translation>
    </message>
    <message>
        <source>A backup of your novels could not be made.</source>
        <translation>没能备份你的小说。</translation>
    </message>
    <message>
        <source>{reason} The backups go to {folder}. Check that this folder is there, has room and can be written to. It is tried again within the hour.</source>
        <translation>{reason}备份存放在 {folder}。请检查这个文件夹存在、有足够空间并且可以写入。一小时内会再试一次。</translation>
    </message>
</context>
<context>
    <name>BadgeButton</name>
    <message>
        <source>{name}, {count} waiting</source>
        <translation>{name}，{count} 项待处理</translation>
    </message>
</context>
<context>
    <name>BatchBar</name>
    <message>
        <source>End this batch; what is analysed stays</source>
        <translation>结束这一批；已分析的内容会保留</translation>
    </message>
    <message>
        <source>End this batch</source>
        <translation>结束这一批</translation>
    </message>
    <message>
        <source>Chapters of the batch that are done</source>
        <translation>本批已完成的章节</translation>
    </message>
    <message>
        <source>Resume this batch</source>
        <translation>继续这一批</translation>
    </message>
    <message>
        <source>Pause this batch</source>
        <translation>暂停这一批</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Analyse Many Chapters</source>
        <translation>批量分析章节</translation>
    </message>
    <message>
        <source>Chapters of “{title}” whose present text is not analysed yet.</source>
        <translation>《{title}》中当前文本尚未分析的章节。</translation>
    </message>
    <message>
        <source>First chapter</source>
        <translation>起始章</translation>
    </message>
    <message>
        <source>Last chapter</source>
        <translation>结束章</translation>
    </message>
    <message>
        <source>&amp;Also chapters that are analysed already</source>
        <translation>也包括已经分析过的章节(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>正在估算…</translation>
    </message>
    <message>
        <source>&amp;Chapters</source>
        <translation>章节(&amp;C)</translation>
    </message>
</context>
<context>
    <name>BeginChoices</name>
    <message>
        <source>From an idea</source>
        <translation>从灵感开始</translation>
    </message>
    <message>
        <source>A dialogue about what the novel should be</source>
        <translation>通过对话弄清这部小说要写什么</translation>
    </message>
    <message>
        <source>I have a plan</source>
        <translation>已有计划</translation>
    </message>
    <message>
        <source>Premise, volumes and chapters are entered here</source>
        <translation>在这里填写故事核心、分卷和章节</translation>
    </message>
    <message>
        <source>Blank page</source>
        <translation>空白页</translation>
    </message>
    <message>
        <source>One empty chapter, in which you write at once</source>
        <translation>一个空章节，马上动笔</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import a novel from a file</source>
        <translation>从文件导入小说</translation>
    </message>
</context>
<context>
    <name>BlueprintDesk</name>
    <message>
        <source>The novel follows the blueprint.</source>
        <translation>本书已采用蓝图。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) added to the codex.</source>
        <translation>
            <numerusform>已将 %n 个条目加入设定集。</numerusform>
        </translation>
    </message>
    <message>
        <source>The codex already has all of them.</source>
        <translation>设定集中已全部收录。</translation>
    </message>
</context>
<context>
    <name>BlueprintPage</name>
    <message>
        <source>Complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>The model is making it</source>
        <translation>模型正在生成</translation>
    </message>
    <message>
        <source>Something is still missing</source>
        <translation>还有内容未填写</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续生成</translation>
    </message>
    <message>
        <source>Make the blueprint</source>
        <translation>生成蓝图</translation>
    </message>
    <message>
        <source>Parts of the blueprint</source>
        <translation>蓝图各部分</translation>
    </message>
    <message>
        <source>The model adds what is missing; your words stay</source>
        <translation>模型补上缺少的部分，你写的内容不动</translation>
    </message>
    <message>
        <source>Go on to the outline</source>
        <translation>前往大纲</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>发送内容</translation>
    </message>
    <message>
        <source>The exact messages for the next part, and their length</source>
        <translation>下一部分将发送的完整消息及其长度</translation>
    </message>
    <message>
        <source>Use for the novel…</source>
        <translation>用于本书…</translation>
    </message>
    <message>
        <source>Gives the novel this title and summary</source>
        <translation>把书名和简介用于本书</translation>
    </message>
    <message>
        <source>Add to the codex</source>
        <translation>加入设定集</translation>
    </message>
    <message>
        <source>Characters, locations and factions that it does not have</source>
        <translation>加入其中尚没有的人物、地点和势力</translation>
    </message>
</context>
<context>
    <name>BookCurves</name>
    <message>
        <source>Feeling (low to high)</source>
        <translation>情绪走向（低→高）</translation>
    </message>
    <message>
        <source>Tension</source>
        <translation>张力</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Length of chapters</source>
        <translation>章节字数</translation>
    </message>
    <message>
        <source>Share of dialogue (%)</source>
        <translation>对白占比（%）</translation>
    </message>
    <message>
        <source>Length of sentences</source>
        <translation>句子长度</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Curve over the chapters</source>
        <translation>各章曲线</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>分析曲线</translation>
    </message>
    <message>
        <source>Let the model read every written chapter that it has not measured yet</source>
        <translation>让模型阅读所有尚未分析的章节</translation>
    </message>
    <message>
        <source>No chapter is written yet. The curves follow what is written.</source>
        <translation>还没有写好的章节。曲线会随写好的章节出现。</translation>
    </message>
    <message>
        <source>Nothing is measured yet. Press Measure: the model reads each written chapter once and says how it feels from beat to beat. Lengths and dialogue are counted without it.</source>
        <translation>还没有分析。按“分析曲线”，模型会把写好的每一章读一遍，说出各个节拍的情绪。字数与对白无需模型即可统计。</translation>
    </message>
    <message>
        <source>{chapter} · {label}: {value}</source>
        <translation>{chapter} · {label}：{value}</translation>
    </message>
    <message>
        <source>{chapter}: {value}</source>
        <translation>{chapter}：{value}</translation>
    </message>
    <message numerus="yes">
        <source>%n written chapter(s) not measured as they are now</source>
        <translation>
            <numerusform>有 %n 章尚未按现在的文字分析</numerusform>
        </translation>
    </message>
    <message>
        <source>Move along the curve with the pointer or the arrow keys; Enter opens.</source>
        <translation>用鼠标或方向键沿曲线移动，按回车键打开章节。</translation>
    </message>
</context>
<context>
    <name>BookSearchDesk</name>
    <message>
        <source>Incomplete pattern</source>
        <translation>正则表达式不完整</translation>
    </message>
    <message>
        <source>This pattern takes too long</source>
        <translation>这个正则表达式耗时太长</translation>
    </message>
    <message>
        <source>The book could not be searched</source>
        <translation>无法搜索全书</translation>
    </message>
    <message>
        <source>The replacement refers to a group that the pattern does not have</source>
        <translation>替换文字引用了不存在的分组</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) replaced</source>
        <translation>
            <numerusform>已替换 %Ln 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapter(s) as before</source>
        <translation>
            <numerusform>%Ln 章已恢复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln chapter(s) had changed and were left alone</source>
        <translation>
            <numerusform>；%Ln 章已有改动，未处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BookSearchPanel</name>
    <message numerus="yes">
        <source>Replace %Ln</source>
        <translation>
            <numerusform>替换 %Ln 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching the book…</source>
        <translation>正在搜索全书…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln chapter(s)</source>
        <translation>
            <numerusform>%Ln 章</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln 处</numerusform>
        </translation>
    </message>
    <message>
        <source>{places} {chapters}</source>
        <translation>{places}，{chapters}</translation>
    </message>
    <message>
        <source>Try fewer words, or switch off some of the options above.</source>
        <translation>可以少输几个字，或关掉上方已打开的选项。</translation>
    </message>
    <message>
        <source>Every place in the book is listed here while you type.</source>
        <translation>输入时，全书中的每一处都会列在这里。</translation>
    </message>
    <message>
        <source>Find in the book</source>
        <translation>在全书中查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>找到的位置</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Replace the ticked matches</source>
        <translation>替换打勾的位置</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Restore the previous text of each chapter</source>
        <translation>让每一章恢复原来的正文</translation>
    </message>
</context>
<context>
    <name>BriefPanel</name>
    <message>
        <source>The brief</source>
        <translation>构思概要</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>{count} of {all} settled</source>
        <translation>已确定 {count}/{all}</translation>
    </message>
    <message>
        <source>Write the brief</source>
        <translation>写出概要</translation>
    </message>
    <message>
        <source>The model fills in what is open, from everything that was said</source>
        <translation>模型根据谈过的一切，补上尚未确定的部分</translation>
    </message>
    <message>
        <source>What is sent to have the brief written</source>
        <translation>写出概要时所发送的内容</translation>
    </message>
    <message>
        <source>Confirm the brief</source>
        <translation>确认概要</translation>
    </message>
    <message>
        <source>The blueprint is made from it; it can still be changed</source>
        <translation>蓝图将以它为依据；之后仍可修改</translation>
    </message>
    <message>
        <source>Go on to the blueprint</source>
        <translation>前往蓝图</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>{asked} tokens read, {answered} written</source>
        <translation>输入 {asked} token，输出 {answered} token</translation>
    </message>
    <message>
        <source>the model reached its limit: the end may be missing</source>
        <translation>模型达到了长度上限，结尾可能缺失</translation>
    </message>
    <message>
        <source>it is not known whether the model had finished: the end may be missing</source>
        <translation>不知道模型是否已经说完：结尾可能缺失</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the call; the text so far stays</source>
        <translation>结束本次调用；已收到的内容会保留</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>The exact messages and their length in tokens</source>
        <translation>实际发送的消息及其 token 数</translation>
    </message>
    <message>
        <source>{provider} is writing: {count} characters · {time}</source>
        <translation>{provider} 正在写：{count} 个字符 · {time}</translation>
    </message>
    <message>
        <source>Waiting for {provider} · {time}</source>
        <translation>正在等待 {provider} · {time}</translation>
    </message>
    <message>
        <source>Preparing · {time}</source>
        <translation>准备中 · {time}</translation>
    </message>
</context>
<context>
    <name>CandidateColumn</name>
    <message>
        <source>Choose this one</source>
        <translation>采用这一版</translation>
    </message>
    <message>
        <source>Make it the chapter; the others stay among its versions</source>
        <translation>将它作为本章正文；其余仍保留在版本中</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>再写一版…</translation>
    </message>
    <message>
        <source>Stop this candidate; its text so far is kept</source>
        <translation>停止这一稿；已写出的部分会保留</translation>
    </message>
    <message>
        <source>Ask for one more candidate, with your instructions</source>
        <translation>按你的要求再写一稿</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>接着写</translation>
    </message>
    <message>
        <source>Let the model continue after the last words</source>
        <translation>让模型从最后一句接着写</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Keep it as it is, as one of the versions</source>
        <translation>照原样保留为一个版本</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Delete this candidate&apos;s text</source>
        <translation>删除这一稿已写出的内容</translation>
    </message>
    <message>
        <source>Candidate {name}</source>
        <translation>候选稿 {name}</translation>
    </message>
    <message>
        <source>Recommended · {score}</source>
        <translation>推荐 · {score}</translation>
    </message>
    <message>
        <source>{score}</source>
        <translation>{score}</translation>
    </message>
    <message>
        <source>Score from 0 to 100</source>
        <translation>评分，0 到 100</translation>
    </message>
    <message>
        <source>the model saw it without the middle part</source>
        <translation>模型没有看到正文中段</translation>
    </message>
</context>
<context>
    <name>CandidateDeck</name>
    <message>
        <source>Candidates</source>
        <translation>候选稿</translation>
    </message>
</context>
<context>
    <name>CandidateNotice</name>
    <message>
        <source>Show the candidates</source>
        <translation>查看候选稿</translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s) of this chapter are being written.</source>
        <translation>
            <numerusform>本章有 %n 份候选稿正在写作。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n candidate(s) of this chapter, not all were finished.</source>
        <translation>
            <numerusform>本章的 %n 份候选稿没有全部写完。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s) of this chapter wait for your choice.</source>
        <translation>
            <numerusform>本章有 %n 份候选稿等你挑选。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CandidatePage</name>
    <message>
        <source>Back to the text</source>
        <translation>回到正文</translation>
    </message>
    <message>
        <source>Keep the chapter as it is; these stay among its versions</source>
        <translation>本章保持原样；这些仍保留在版本中</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Merge passages…</source>
        <translation>合并段落…</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>全部放弃</translation>
    </message>
    <message>
        <source>New versions…</source>
        <translation>重新生成全部…</translation>
    </message>
    <message>
        <source>The candidates stay, and those being written continue</source>
        <translation>候选稿都保留，正在写的会继续</translation>
    </message>
    <message>
        <source>Let a model compare the candidates with the plan and what happened before</source>
        <translation>让模型对照细纲和前情评估各候选稿</translation>
    </message>
    <message>
        <source>Show what differs between two candidates</source>
        <translation>显示两份候选稿的不同之处</translation>
    </message>
    <message>
        <source>Assemble a chapter from several candidates</source>
        <translation>从几份候选稿中取段落合成一章</translation>
    </message>
    <message>
        <source>Ask for new candidates, with instructions; these stay</source>
        <translation>按要求重新生成候选稿；现有的都保留</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>发送内容</translation>
    </message>
    <message>
        <source>The exact messages and their length in tokens</source>
        <translation>实际发送的消息及其 token 数</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Show the remarks beside their sentences</source>
        <translation>在相关句子旁显示批注</translation>
    </message>
    <message>
        <source>Tools for the candidates</source>
        <translation>对候选稿的操作</translation>
    </message>
    <message>
        <source>Rounds of candidates</source>
        <translation>各轮候选稿</translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation>
            <numerusform>%n 份候选稿</numerusform>
        </translation>
    </message>
    <message>
        <source>Round {number} · {count} · {time}</source>
        <translation>第 {number} 轮 · {count} · {time}</translation>
    </message>
    <message>
        <source>Recommended: {letter}, by its score (the model named none).</source>
        <translation>推荐：{letter}（模型未指明，以评分为准）。</translation>
    </message>
    <message>
        <source>Recommended: {letter}. {reason}</source>
        <translation>推荐：{letter}。{reason}</translation>
    </message>
</context>
<context>
    <name>CandidateTrouble</name>
    <message>
        <source>In its own words: {detail}</source>
        <translation>原始信息：{detail}</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Rewrite: {field}</source>
        <translation>重新生成：{field}</translation>
    </message>
    <message>
        <source>&amp;What should be different?</source>
        <translation>希望怎样改(&amp;W)？</translation>
    </message>
    <message>
        <source>For example: darker, and without the uncle</source>
        <translation>例如：更阴郁一些，去掉叔叔这个人物</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>给出建议</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>保留原样</translation>
    </message>
</context>
<context>
    <name>ChapterFooter</name>
    <message>
        <source>Vers&amp;ion:</source>
        <translation>版本(&amp;I)：</translation>
    </message>
    <message>
        <source>Version of the chapter</source>
        <translation>章节版本</translation>
    </message>
    <message>
        <source>Show and use another version of this chapter</source>
        <translation>显示并使用本章的另一个版本</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Could not save: {reason}</source>
        <translation>无法保存：{reason}</translation>
    </message>
    <message>
        <source>Selected: {length}</source>
        <translation>已选 {length}</translation>
    </message>
    <message>
        <source>Selected: {length}, {letters} without marks</source>
        <translation>已选 {length}，不计标点 {letters}</translation>
    </message>
    <message>
        <source>Text size; click to return to the size in the settings</source>
        <translation>文字大小；点击恢复为设置中的字号</translation>
    </message>
    <message>
        <source>State of saving</source>
        <translation>保存状态</translation>
    </message>
    <message>
        <source>Model usage for this chapter in total</source>
        <translation>为本章调用模型的全部用量</translation>
    </message>
    <message>
        <source>{name}, {time}</source>
        <translation>{name}，{time}</translation>
    </message>
</context>
<context>
    <name>ChapterHeader</name>
    <message>
        <source>Not saved: {reason}</source>
        <translation>未能保存：{reason}</translation>
    </message>
    <message>
        <source>Length and state of the chapter</source>
        <translation>章节的长度与状态</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>细纲</translation>
    </message>
    <message>
        <source>Read and change what is planned for this chapter</source>
        <translation>查看和修改本章细纲</translation>
    </message>
    <message>
        <source>{length} · {waits}</source>
        <translation>{length} · {waits}</translation>
    </message>
    <message>
        <source>Writing · {length} · {time}</source>
        <translation>写作中 · {length} · {time}</translation>
    </message>
    <message>
        <source>Waiting for the model… {seconds} s</source>
        <translation>正在等待模型… {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ChapterPlanForm</name>
    <message>
        <source>{chapter} · {state}</source>
        <translation>{chapter} · {state}</translation>
    </message>
    <message>
        <source>Not saved: {reason}</source>
        <translation>未能保存：{reason}</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>章名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;What happens</source>
        <translation>情节(&amp;W)</translation>
    </message>
    <message>
        <source>Who does what, and how it ends.</source>
        <translation>谁做了什么，结果如何。</translation>
    </message>
    <message>
        <source>Open chapter</source>
        <translation>打开本章</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>拆分…</translation>
    </message>
    <message>
        <source>Split this chapter in two, at the cursor or by the model</source>
        <translation>在光标处或由模型把本章拆成两章</translation>
    </message>
</context>
<context>
    <name>ChapterReviewPanel</name>
    <message>
        <source>What the chapter is reviewed as</source>
        <translation>由谁来审本章</translation>
    </message>
    <message>
        <source>The rules of the novel</source>
        <translation>本书的写作规则</translation>
    </message>
    <message>
        <source>An editor</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Choose a chapter in the list at the left.</source>
        <translation>请在左侧列表中选择一章。</translation>
    </message>
    <message>
        <source>This chapter is not written yet. Write it first, then ask for a review.</source>
        <translation>这一章还没有写。先写出来，再请模型审稿。</translation>
    </message>
    <message>
        <source>Nothing has been asked yet. Choose at the top who is to read the chapter, then press Get feedback: each remark leads to the words that it is about, and nothing is changed.</source>
        <translation>还没有审稿。先在上方选择由谁来读这一章，再按“审稿”：每条意见都能带你找到它所指的文字，正文不会有任何改动。</translation>
    </message>
    <message>
        <source>{provider} · {time}</source>
        <translation>{provider} · {time}</translation>
    </message>
    <message>
        <source>The chapter has changed since: passages may have moved.</source>
        <translation>此后章节有过改动，段落位置可能已变。</translation>
    </message>
    <message>
        <source>No broken rule was found.</source>
        <translation>没有发现违反写作规则之处。</translation>
    </message>
    <message>
        <source>Get feedback</source>
        <translation>审稿</translation>
    </message>
    <message>
        <source>Let the model review the chapter in this way</source>
        <translation>让模型以这种方式为本章审稿</translation>
    </message>
    <message>
        <source>Only a written chapter can be reviewed</source>
        <translation>只有写好的章节才能审稿</translation>
    </message>
</context>
<context>
    <name>ChapterTreeModel</name>
    <message>
        <source>Volume {number}</source>
        <translation>第 {number} 卷</translation>
    </message>
    <message>
        <source>{name}, chapters: {count}</source>
        <translation>{name}，共 {count} 章</translation>
    </message>
    <message>
        <source>Chapters {first} to {last}</source>
        <translation>第 {first} 至 {last} 章</translation>
    </message>
</context>
<context>
    <name>ChaptersField</name>
    <message>
        <source>All; or such as 1-20, 25</source>
        <translation>全部；或如 1-20, 25</translation>
    </message>
    <message>
        <source>V&amp;olume</source>
        <translation>卷(&amp;O)</translation>
    </message>
    <message>
        <source>{volume} ({numbers})</source>
        <translation>{volume}（{numbers}）</translation>
    </message>
</context>
<context>
    <name>CoauthorDesk</name>
    <message>
        <source>Somebody else has changed this chapter; this is the new text.</source>
        <translation>有人修改了这一章；你看到的是它现在的样子。</translation>
    </message>
    <message>
        <source>Somebody else is changing this chapter too. Both texts are kept: you see yours, and theirs is another version of the chapter.</source>
        <translation>还有人也在修改这一章。两份文字都会保留：你看到的是自己的，对方的是本章的另一个版本。</translation>
    </message>
    <message>
        <source>Show the Other Text</source>
        <translation>显示对方的文字</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>收起这条提示</translation>
    </message>
</context>
<context>
    <name>CodexDesk</name>
    <message>
        <source>When is it due?</source>
        <translation>何时回收？</translation>
    </message>
    <message>
        <source>Pay it off by chapter (0: no chapter is set):</source>
        <translation>最迟在第几章回收（0 表示不设定）：</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A later change builds on this one: undo that one first.</source>
        <translation>后面有改动以此为基础，请先撤销那一处。</translation>
    </message>
</context>
<context>
    <name>CodexDetails</name>
    <message>
        <source>What is known</source>
        <translation>已知内容</translation>
    </message>
    <message>
        <source>Relationships</source>
        <translation>人物关系</translation>
    </message>
    <message>
        <source>Not counted as known</source>
        <translation>不计入已知</translation>
    </message>
    <message>
        <source>The model was unsure of these, or the words that prove them are not in the chapter, or you have not accepted them. They are not used for later chapters.</source>
        <translation>这些内容模型没有把握，或章节中找不到依据，或你尚未采纳。写后续章节时不会用到它们。</translation>
    </message>
    <message numerus="yes">
        <source>Show %n earlier</source>
        <translation>
            <numerusform>显示更早的 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodexModel</name>
    <message numerus="yes">
        <source>%n facts</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>no facts</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>{kind} · {known}</source>
        <translation>{kind} · {known}</translation>
    </message>
</context>
<context>
    <name>CodexPage</name>
    <message>
        <source>At once</source>
        <translation>立即生效</translation>
    </message>
    <message>
        <source>When I have accepted them</source>
        <translation>经我采纳后生效</translation>
    </message>
    <message>
        <source> chapters</source>
        <translation> 章</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>&amp;Findings count</source>
        <translation>分析结果(&amp;F)</translation>
    </message>
    <message>
        <source>Only those whose quotation is in the chapter. All can be undone in the codex.</source>
        <translation>仅限原文中确有依据的内容。均可在设定集中撤销。</translation>
    </message>
    <message>
        <source>&amp;Seeds are overdue after</source>
        <translation>伏笔逾期期限(&amp;S)</translation>
    </message>
    <message>
        <source>Counted from the chapter that last touched them, if you set no chapter.</source>
        <translation>未设定期限时，从最近提及的一章算起。</translation>
    </message>
    <message>
        <source>Keep finished &amp;tasks for</source>
        <translation>保留已完成任务(&amp;T)</translation>
    </message>
    <message>
        <source>… but at &amp;most</source>
        <translation>…但至多(&amp;M)</translation>
    </message>
    <message>
        <source>Keep &amp;read notifications</source>
        <translation>保留已读通知(&amp;R)</translation>
    </message>
    <message>
        <source>What failed and what is unread is always kept, and so are your chapters.</source>
        <translation>失败的与未读的始终保留，章节也是。</translation>
    </message>
    <message>
        <source>Keep s&amp;napshots of your text for</source>
        <translation>正文快照保留(&amp;N)</translation>
    </message>
    <message>
        <source>… but of a &amp;chapter at most</source>
        <translation>…但每章最多(&amp;C)</translation>
    </message>
    <message>
        <source>Snapshots to which you gave a name are always kept.</source>
        <translation>你命名的快照始终保留。</translation>
    </message>
</context>
<context>
    <name>CodexPanel</name>
    <message>
        <source>Codex</source>
        <translation>设定集</translation>
    </message>
    <message>
        <source>Kind of entries</source>
        <translation>条目类别</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>World</source>
        <translation>世界观</translation>
    </message>
    <message>
        <source>Foreshadowing</source>
        <translation>伏笔</translation>
    </message>
    <message>
        <source>Add entry…</source>
        <translation>添加条目…</translation>
    </message>
    <message>
        <source>Add an entry of your own</source>
        <translation>添加你自己的条目</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>历史…</translation>
    </message>
    <message>
        <source>What was changed in the codex, and undoing it</source>
        <translation>设定集的改动与撤销</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>The codex as a table for spreadsheets</source>
        <translation>以电子表格形式导出或导入设定集</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Import entries…</source>
        <translation>导入条目…</translation>
    </message>
    <message>
        <source>To check {count}</source>
        <translation>待审 {count}</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>Contradictions and findings that wait for you</source>
        <translation>等待你处理的矛盾与发现</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>没有待处理的内容</translation>
    </message>
    <message>
        <source>Analyse chapters…</source>
        <translation>分析章节…</translation>
    </message>
    <message>
        <source>Nothing waits for you. Contradictions, and findings of which the analysis is not certain, are listed here for you to decide.</source>
        <translation>没有待处理的内容。前后矛盾之处，以及分析没有把握的发现，会列在这里由你决定。</translation>
    </message>
    <message>
        <source>Nothing yet. What a chapter establishes is entered here when it has been analysed, each fact with the words that prove it.</source>
        <translation>暂无内容。章节分析完成后，其中确立的内容会记在这里，每一条都附有原文依据。</translation>
    </message>
</context>
<context>
    <name>CodexTableDesk</name>
    <message>
        <source>Export the codex</source>
        <translation>导出设定集</translation>
    </message>
    <message>
        <source>Import entries into the codex</source>
        <translation>导入条目到设定集</translation>
    </message>
    <message>
        <source>Tables for spreadsheets (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>Tables, character cards, lorebooks (*.csv *.json *.png)</source>
        <translation>表格、角色卡、世界书 (*.csv *.json *.png)</translation>
    </message>
    <message>
        <source>Exported to {name}.</source>
        <translation>已导出到 {name}。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) added</source>
        <translation>
            <numerusform>新增 %n 个条目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>更新 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{added}, {changed}.</source>
        <translation>{added}，{changed}。</translation>
    </message>
</context>
<context>
    <name>CommentDesk</name>
    <message>
        <source>Select the words first that you want to comment on.</source>
        <translation>请先选中要批注的文字。</translation>
    </message>
</context>
<context>
    <name>CommentPanel</name>
    <message>
        <source>This chapter</source>
        <translation>本章</translation>
    </message>
    <message>
        <source>The book</source>
        <translation>全书</translation>
    </message>
    <message>
        <source>Comments of</source>
        <translation>批注范围</translation>
    </message>
    <message>
        <source>Resolved too</source>
        <translation>含已解决的</translation>
    </message>
    <message>
        <source>The comment is deleted.</source>
        <translation>批注已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Select words in the text, and note here what you think of them.</source>
        <translation>在正文里选中文字，把你的想法记在这里。</translation>
    </message>
    <message>
        <source>Comment on the Selection</source>
        <translation>批注选中的文字</translation>
    </message>
</context>
<context>
    <name>CompareCandidatesDialog</name>
    <message>
        <source>Compare two candidates</source>
        <translation>比较两份候选稿</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>with</source>
        <translation>与</translation>
    </message>
    <message>
        <source>The one candidate</source>
        <translation>一份候选稿</translation>
    </message>
    <message>
        <source>The other candidate</source>
        <translation>另一份候选稿</translation>
    </message>
</context>
<context>
    <name>ComparePlansDialog</name>
    <message>
        <source>Old and new plans</source>
        <translation>比较新旧细纲</translation>
    </message>
    <message>
        <source>Chapters planned again</source>
        <translation>重新规划的章节</translation>
    </message>
    <message>
        <source>{name} is in the old plans of {old} and in no new one, but is needed in {later}.</source>
        <translation>“{name}”出现在第 {old} 章的旧细纲中，新细纲里都没有，而第 {later} 章还要用到。</translation>
    </message>
    <message>
        <source>Accept {count}</source>
        <translation>采用 {count} 章</translation>
    </message>
</context>
<context>
    <name>ConceptDesk</name>
    <message>
        <source>Start the dialogue over?</source>
        <translation>要重新开始对话吗？</translation>
    </message>
    <message>
        <source>The whole dialogue and the brief are removed. A blueprint stays.</source>
        <translation>谈过的一切和整份概要都将清除，蓝图保留。</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ConceptPage</name>
    <message>
        <source>What is sent</source>
        <translation>发送内容</translation>
    </message>
    <message>
        <source>The exact messages of the next turn, and their length</source>
        <translation>下一轮将发送的完整消息及其长度</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>退回一步</translation>
    </message>
    <message>
        <source>Takes your last words back, so that you can change them</source>
        <translation>收回你最后说的话，以便修改</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Removes the dialogue and the brief</source>
        <translation>清除对话和概要</translation>
    </message>
    <message>
        <source>Your last words have no answer yet.</source>
        <translation>你最后说的话还没有得到回应。</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <translation>请求回应</translation>
    </message>
</context>
<context>
    <name>ConnectionDesk</name>
    <message>
        <source>The server with your novels cannot be reached. What you type is kept on this computer, and is stored as soon as the server is back; anything else has to wait until then.</source>
        <translation>无法连接存放你小说的服务器。你输入的内容会保存在本机，服务器恢复后立即存入；其他操作要等到那时。</translation>
    </message>
</context>
<context>
    <name>ContextInspector</name>
    <message>
        <source>What the model is told</source>
        <translation>上下文预览</translation>
    </message>
    <message>
        <source>&amp;Pieces</source>
        <translation>内容(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Exact messages</source>
        <translation>完整消息(&amp;E)</translation>
    </message>
    <message>
        <source>What was left out</source>
        <translation>未放入的内容</translation>
    </message>
    <message>
        <source>Space used for notes</source>
        <translation>前情备忘已用的篇幅</translation>
    </message>
    <message>
        <source>Reading the book…</source>
        <translation>正在读取全书…</translation>
    </message>
    <message>
        <source>&amp;Included ({count})</source>
        <translation>已放入 {count} 项(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Left out ({count})</source>
        <translation>未放入 {count} 项(&amp;L)</translation>
    </message>
    <message>
        <source>{used} of {available} tokens for notes on the book</source>
        <translation>前情备忘：{available} token 中已用 {used} 个</translation>
    </message>
    <message>
        <source>Instructions, premise and plan take {prompt} tokens, {answer} are kept free for the chapter. {provider} can take {context} in all. However long the book becomes, it is told no more than this.</source>
        <translation>指令、故事核心和本章细纲占 {prompt} token，另为本章正文留出 {answer} 个。{provider} 总共可容纳 {context} 个。无论书写到多长，模型看到的都不会超过这些。</translation>
    </message>
    <message>
        <source>Summaries of earlier parts: {made}.</source>
        <translation>前文各部分的摘要：{made} 篇。</translation>
    </message>
    <message>
        <source>To be made after the next analysis: {due}.</source>
        <translation>下次分析后待生成：{due} 篇。</translation>
    </message>
    <message>
        <source>The last attempt failed:</source>
        <translation>上次生成失败：</translation>
    </message>
</context>
<context>
    <name>ContinuationBar</name>
    <message>
        <source>Proposal for the text at the cursor</source>
        <translation>光标处的续写建议</translation>
    </message>
    <message>
        <source>Length of the proposal</source>
        <translation>续写的长度</translation>
    </message>
    <message>
        <source>about </source>
        <translation>约 </translation>
    </message>
    <message>
        <source>What should happen? (optional)</source>
        <translation>接下来该发生什么？（可不填）</translation>
    </message>
    <message>
        <source>What should happen at the cursor</source>
        <translation>光标处该发生什么</translation>
    </message>
    <message>
        <source>Make it part of the text; it can be undone like anything that you type</source>
        <translation>让它成为正文；和你输入的文字一样可以撤销</translation>
    </message>
    <message>
        <source>Discard the proposal; the chapter stays as you left it</source>
        <translation>丢掉这段续写；本章保持原样</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>The exact messages and their length in tokens</source>
        <translation>实际发送的消息及其 token 数</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>Continue here</source>
        <translation>从这里续写</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消（Esc）</translation>
    </message>
</context>
<context>
    <name>ContinuationDesk</name>
    <message>
        <source>Another continuation is being written. Stop it first, or wait until it is finished.</source>
        <translation>另一处续写还在进行。请先停止它，或等它结束。</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>The dialogue</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Every novel begins with a spark: a person, a scene, a question. Say yours below, in as few words as you like, or let the model ask first. It asks about one thing at a time, and you decide; you can stop at any point and go on another day.</source>
        <translation>每部小说都始于一点火花：一个人、一个场景、一个疑问。请在下方写下你的，几个字也行；也可以让模型先问。它一次只问一件事，一切由你决定；随时可以停下，改日再接着聊。</translation>
    </message>
</context>
<context>
    <name>CostPage</name>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> token</translation>
    </message>
    <message>
        <source>When a limit is reached, nothing more is sent: chapters and the queue wait until you raise it, or until the day is over. What is under way comes to its end.</source>
        <translation>达到上限后不再发送任何请求：章节和队列会等到你提高上限，或等到当天结束。正在进行的会照常完成。</translation>
    </message>
    <message>
        <source>At most in a &amp;day</source>
        <translation>每天最多(&amp;D)</translation>
    </message>
    <message>
        <source>At most on a &amp;novel</source>
        <translation>每部小说最多(&amp;N)</translation>
    </message>
    <message>
        <source>Read and written together, by all models, whatever they cost.</source>
        <translation>所有模型的输入与输出合计，不论费用多少。</translation>
    </message>
</context>
<context>
    <name>CostTableModel</name>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Tokens read</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Of these cached</source>
        <translation>其中缓存命中</translation>
    </message>
    <message>
        <source>Tokens written</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
</context>
<context>
    <name>CostWords</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Chapter</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Novel</source>
        <translation>小说</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>For no chapter, or one that is gone</source>
        <translation>不属于任何章节，或章节已删除</translation>
    </message>
    <message>
        <source>For no novel, or one that is gone</source>
        <translation>不属于任何小说，或小说已删除</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
</context>
<context>
    <name>CostsDesk</name>
    <message>
        <source>Export the costs</source>
        <translation>导出费用</translation>
    </message>
    <message>
        <source>Tables for spreadsheets (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>CostsDialog</name>
    <message>
        <source>Calls of unknown cost</source>
        <translation>费用未知的调用</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>时间(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation>分组(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Only “{title}”</source>
        <translation>仅《{title}》(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Limits…</source>
        <translation>上限(&amp;L)…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing was asked of a model in this time. As soon as something is, its tokens are counted here, and its cost too if the prices are entered in Settings → Models.</source>
        <translation>这段时间内没有调用过模型。一有调用，token 数就会统计在这里；若已在“设置 → 模型”中填写价格，费用也会一并统计。</translation>
    </message>
    <message numerus="yes">
        <source>Together: {tokens} tokens in %Ln call(s). Cost: {cost}.</source>
        <translation>
            <numerusform>合计：%Ln 次调用，{tokens} token。费用：{cost}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Some providers do not count tokens: theirs are estimated.</source>
        <translation>有些服务商不统计 token，其数值为估算。</translation>
    </message>
</context>
<context>
    <name>CountChips</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln 个运行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln completed</source>
        <translation>
            <numerusform>%Ln 个已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln 个失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoverField</name>
    <message>
        <source>None; a PNG or JPEG picture</source>
        <translation>无；PNG 或 JPEG 图片</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>This is not a valid PNG or JPEG picture.</source>
        <translation>这不是完整的 PNG 或 JPEG 图片。</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Pictures ({endings})</source>
        <translation>图片 ({endings})</translation>
    </message>
</context>
<context>
    <name>CureButton</name>
    <message>
        <source>Raise the limit…</source>
        <translation>提高上限…</translation>
    </message>
    <message>
        <source>Change how much may be spent</source>
        <translation>修改允许的花费</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Change how much runs at once, and for how long</source>
        <translation>调整同时运行的任务数和允许的时间</translation>
    </message>
    <message>
        <source>Choose another model or key</source>
        <translation>换一个模型或 API Key</translation>
    </message>
</context>
<context>
    <name>DesktopNotifications</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details of the novel</source>
        <translation>作品详情</translation>
    </message>
    <message>
        <source>As it stands on the cover</source>
        <translation>封面上的署名</translation>
    </message>
    <message>
        <source>Titl&amp;e</source>
        <translation>书名(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>作者(&amp;A)</translation>
    </message>
    <message>
        <source>Chapter &amp;numbers</source>
        <translation>章节编号(&amp;N)</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message>
        <source>Side by side</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Both texts, with what changes</source>
        <translation>两个版本及其差异</translation>
    </message>
    <message>
        <source>Two independent texts; what they have in common is grey</source>
        <translation>两份各自独立的文本；相同之处显示为灰色</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 处改动</numerusform>
        </translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>没有差异</translation>
    </message>
</context>
<context>
    <name>DraftBanner</name>
    <message>
        <source>An unfinished draft of this chapter was found ({length}, {time}).</source>
        <translation>发现本章一份未完成的草稿（{length}，{time}）。</translation>
    </message>
    <message>
        <source>It is shown below. Keep it as the chapter, let the model continue from here, or discard it.</source>
        <translation>草稿显示在下方。可以保留为正文、让模型从这里续写，或者放弃。</translation>
    </message>
    <message>
        <source>Everything that was written until then is kept below as a draft.</source>
        <translation>此前写出的全部内容都已作为草稿保留在下方。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Ask the model again for the whole chapter</source>
        <translation>让模型重写整章</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <translation>从这里续写</translation>
    </message>
    <message>
        <source>Let the model continue after the last words of the draft</source>
        <translation>让模型接着草稿的结尾写下去</translation>
    </message>
    <message>
        <source>Keep as the chapter</source>
        <translation>保留为正文</translation>
    </message>
    <message>
        <source>Make the draft, as it is, the text of the chapter</source>
        <translation>把草稿原样作为本章正文</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Delete the draft</source>
        <translation>删除草稿</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show what the program or the provider reported</source>
        <translation>显示程序或服务商报告的内容</translation>
    </message>
    <message>
        <source>What the model sent:</source>
        <translation>模型发来的原文：</translation>
    </message>
</context>
<context>
    <name>DraftDesk</name>
    <message>
        <source>Write this chapter again?</source>
        <translation>重写这一章？</translation>
    </message>
    <message>
        <source>The present text stays among the versions. An unfinished draft is replaced.</source>
        <translation>现有正文会保留在版本中。未完成的草稿将被替换。</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>重写</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The server has read only {tokens} tokens of what was sent, and left out the rest. From now on no more is sent. For more, give the model a larger context there, then enter it in the settings of the model.</source>
        <translation>服务器只读了所发内容中的 {tokens} 个 token，其余被略去。从现在起不再多发。要多发，请先在服务器上把上下文设大，再到模型的设置里填写新的上下文长度。</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Paste as P&amp;lain Text</source>
        <translation>粘贴为纯文本(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Italic</source>
        <translation>斜体(&amp;I)</translation>
    </message>
    <message>
        <source>Bol&amp;d</source>
        <translation>粗体(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Scene Break</source>
        <translation>场景分隔(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>查找下一个(&amp;N)</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>查找上一个(&amp;V)</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>替换(&amp;E)…</translation>
    </message>
    <message>
        <source>Find in the &amp;Book…</source>
        <translation>在全书中查找(&amp;B)…</translation>
    </message>
    <message>
        <source>Go to &amp;Anything…</source>
        <translation>转到…(&amp;A)</translation>
    </message>
</context>
<context>
    <name>EditableTitle</name>
    <message>
        <source>Chapter</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Enter changes the title</source>
        <translation>按回车键修改章名</translation>
    </message>
    <message>
        <source>Title of the chapter</source>
        <translation>章名</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>章名</translation>
    </message>
</context>
<context>
    <name>EntryDialog</name>
    <message>
        <source>Edit entry</source>
        <translation>编辑条目</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>新条目</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>Your own notes. No analysis changes them, and later chapters are told them.</source>
        <translation>你自己的说明。分析不会改动它，写后续章节时会用到。</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类别(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Other names</source>
        <translation>别名(&amp;O)</translation>
    </message>
    <message>
        <source>A name that you remove is not added to this entry again.</source>
        <translation>你删去的别名不会再被加回。</translation>
    </message>
    <message>
        <source>No&amp;tes</source>
        <translation>说明(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
</context>
<context>
    <name>EntryHeader</name>
    <message>
        <source>Edit name, other names and notes…</source>
        <translation>编辑名称、别名与说明…</translation>
    </message>
    <message>
        <source>Merge with another entry…</source>
        <translation>与另一条目合并…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>also {names}</source>
        <translation>又名 {names}</translation>
    </message>
    <message>
        <source>Due in…</source>
        <translation>设定期限…</translation>
    </message>
    <message>
        <source>Paid off</source>
        <translation>已回收</translation>
    </message>
    <message>
        <source>Not paid off</source>
        <translation>尚未回收</translation>
    </message>
</context>
<context>
    <name>ErrorWords</name>
    <message>
        <source>Your chapters are safe, and so is all text that had already arrived.</source>
        <translation>你的章节都安全，已经收到的文字也都安全。</translation>
    </message>
    <message>
        <source>Your chapters are safe. Nothing was sent and nothing was spent.</source>
        <translation>你的章节都安全。没有发送任何内容，也没有产生费用。</translation>
    </message>
    <message>
        <source>Finished steps are kept, so that trying again repeats only what failed.</source>
        <translation>已完成的步骤会保留，重试只会重做失败的部分。</translation>
    </message>
    <message>
        <source>Everything that was saved before is untouched.</source>
        <translation>此前保存的一切都未受影响。</translation>
    </message>
    <message>
        <source>The model could not be reached.</source>
        <translation>无法连接到模型。</translation>
    </message>
    <message>
        <source>Check the network connection, or that the model&apos;s server is running, then retry.</source>
        <translation>请检查网络连接，或确认模型服务正在运行，然后重试。</translation>
    </message>
    <message>
        <source>No secure connection to the provider could be made.</source>
        <translation>无法与服务商建立安全连接。</translation>
    </message>
    <message>
        <source>Check the address in Settings → Models and this computer&apos;s date. Where a firm or a virus scanner reads along (the details name who signs), its root certificate must be among those that this computer trusts.</source>
        <translation>请检查“设置 → 模型”中的地址和本机日期。若公司网络或杀毒软件会检查加密连接（详情中写明了证书的签发者），请让本机信任它的根证书。</translation>
    </message>
    <message>
        <source>The model did not begin to answer in time.</source>
        <translation>模型没有及时开始回答。</translation>
    </message>
    <message>
        <source>The provider may be busy. Retry, or choose a faster model.</source>
        <translation>服务商可能繁忙。请重试，或换一个更快的模型。</translation>
    </message>
    <message>
        <source>The model stopped in the middle of its answer.</source>
        <translation>模型回答到一半停住了。</translation>
    </message>
    <message>
        <source>Retry. A chapter can be continued from where it stopped.</source>
        <translation>请重试。章节可以从停住的地方续写。</translation>
    </message>
    <message>
        <source>The work took longer than the time allowed for it.</source>
        <translation>任务超过了允许的时间。</translation>
    </message>
    <message>
        <source>Retry, allow more time in Settings → Queue, or choose a faster model.</source>
        <translation>请重试，或在“设置 → 队列”中放宽时间，或换一个更快的模型。</translation>
    </message>
    <message>
        <source>The provider asked us to slow down.</source>
        <translation>服务商要求放慢请求速度。</translation>
    </message>
    <message>
        <source>Wait a little and retry, or run fewer tasks at once in Settings → Queue.</source>
        <translation>请稍候再试，或在“设置 → 队列”中减少同时运行的任务。</translation>
    </message>
    <message>
        <source>The provider has a problem on its side.</source>
        <translation>服务商一侧出了问题。</translation>
    </message>
    <message>
        <source>Retry in a few minutes. The provider&apos;s status page may say more.</source>
        <translation>请几分钟后重试。服务商的状态页可能有更多说明。</translation>
    </message>
    <message>
        <source>The model&apos;s answer was not in the form it was asked for.</source>
        <translation>模型的回答不符合要求的格式。</translation>
    </message>
    <message>
        <source>Retry. If it keeps happening, a larger model will do better.</source>
        <translation>请重试。如果反复出现，换用更大的模型会更好。</translation>
    </message>
    <message>
        <source>The model answered with nothing.</source>
        <translation>模型的回答是空的。</translation>
    </message>
    <message>
        <source>Retry. If it happens again, choose another model.</source>
        <translation>请重试。如果再次出现，请换一个模型。</translation>
    </message>
    <message>
        <source>The provider refused the key.</source>
        <translation>服务商拒绝了 API Key。</translation>
    </message>
    <message>
        <source>The key contains characters that no key can have.</source>
        <translation>API Key 中含有不可能出现的字符。</translation>
    </message>
    <message>
        <source>Copy it again from the provider&apos;s page: keys are made of letters, digits and marks such as - and _ only.</source>
        <translation>请从服务商页面重新复制：API Key 只由字母、数字以及 - 和 _ 等符号组成。</translation>
    </message>
    <message>
        <source>The address begins with the wrong one of http:// and https://.</source>
        <translation>地址开头的 http:// 或 https:// 用错了。</translation>
    </message>
    <message>
        <source>Change the beginning of the address; the details say to which.</source>
        <translation>请修改地址的开头；详情中写明应改成哪一个。</translation>
    </message>
    <message>
        <source>The account has no credit or quota left.</source>
        <translation>账户余额或额度已用完。</translation>
    </message>
    <message>
        <source>The limit that you set for spending is reached.</source>
        <translation>已达到你设定的花费上限。</translation>
    </message>
    <message>
        <source>Raise the limit in Settings → Costs, or go on when its day is over.</source>
        <translation>请在“设置 → 费用”中提高上限，或等到第二天再继续。</translation>
    </message>
    <message>
        <source>The provider does not have the chosen model.</source>
        <translation>服务商没有所选的模型。</translation>
    </message>
    <message>
        <source>The text is too long for this model, even in parts.</source>
        <translation>即使分段，文本对这个模型也太长。</translation>
    </message>
    <message>
        <source>The provider refused the request.</source>
        <translation>服务商拒绝了请求。</translation>
    </message>
    <message>
        <source>Its reason is in the details. Its rules may forbid the content; another model may accept it.</source>
        <translation>原因见详情。可能是内容不符合其规定；换一个模型也许可以。</translation>
    </message>
    <message>
        <source>The provider&apos;s content filter intervened.</source>
        <translation>触发了服务商的内容过滤。</translation>
    </message>
    <message>
        <source>Only this request is affected. Word the passage differently, or choose another model in Settings → Models.</source>
        <translation>只涉及这一次请求。请换一种写法，或在“设置 → 模型”中选择其他模型。</translation>
    </message>
    <message>
        <source>The model declined to write this.</source>
        <translation>模型拒绝写这段内容。</translation>
    </message>
    <message>
        <source>Its words are in the details. Word the plan differently, or choose another model in Settings → Models.</source>
        <translation>它的原话在详情里。请换一种方式写细纲，或在“设置 → 模型”中选择其他模型。</translation>
    </message>
    <message>
        <source>The model reached its limit before the end.</source>
        <translation>模型还没写完就到了长度上限。</translation>
    </message>
    <message>
        <source>Let it continue from there, or keep the text as it is.</source>
        <translation>让它从那里继续，或者照原样保留文本。</translation>
    </message>
    <message>
        <source>The chapter is long enough, but its model did not end.</source>
        <translation>这一章已经够长了，但模型没有把它写完。</translation>
    </message>
    <message>
        <source>Keep the text as it is and end it yourself, or let the model continue once more.</source>
        <translation>照原样保留文本，自己写一个结尾，或者让模型再续写一次。</translation>
    </message>
    <message>
        <source>The answer ended in an unknown way.</source>
        <translation>回答以一种未知的方式结束了。</translation>
    </message>
    <message>
        <source>Check whether the end is missing: then let the model continue, or keep the text as it is.</source>
        <translation>看看结尾是否缺失：缺了就让模型继续，否则照原样保留文本。</translation>
    </message>
    <message>
        <source>The model kept repeating itself and was stopped.</source>
        <translation>模型不断重复，已被停止。</translation>
    </message>
    <message>
        <source>Delete what is repeated and continue, or retry. If it happens again, choose another model, or a higher temperature.</source>
        <translation>删去重复的部分后继续，或者重试。如果再次发生，请换一个模型，或调高温度。</translation>
    </message>
    <message>
        <source>The provider does not serve your region.</source>
        <translation>服务商不向你所在的地区提供服务。</translation>
    </message>
    <message>
        <source>Choose another provider in Settings → Models, or check whether a proxy leads through another country.</source>
        <translation>请在“设置 → 模型”中选择其他服务商，或检查代理是否经过了别的国家。</translation>
    </message>
    <message>
        <source>A protection page in front of the provider asks for a human.</source>
        <translation>服务商前面有一道防护页，要求真人验证。</translation>
    </message>
    <message>
        <source>Check the address in Settings → Models: it may be that of a web page. Otherwise try another network, or ask the provider.</source>
        <translation>请检查“设置 → 模型”中的地址：它可能是网页的地址。否则请换一个网络，或询问服务商。</translation>
    </message>
    <message>
        <source>This computer&apos;s settings for proxies or certificates cannot be used.</source>
        <translation>本机的代理或证书设置无法使用。</translation>
    </message>
    <message>
        <source>There is no language model at that address.</source>
        <translation>该地址没有语言模型服务。</translation>
    </message>
    <message>
        <source>No model has been chosen yet.</source>
        <translation>还没有选择模型。</translation>
    </message>
    <message>
        <source>The model&apos;s file is missing or cannot be read.</source>
        <translation>模型文件缺失或无法读取。</translation>
    </message>
    <message>
        <source>Check the key in Settings → Models.</source>
        <translation>请检查“设置 → 模型”中的 API Key。</translation>
    </message>
    <message>
        <source>Top up the account, or choose another model in Settings → Models.</source>
        <translation>请充值，或在“设置 → 模型”中换一个模型。</translation>
    </message>
    <message>
        <source>Choose one of its models in Settings → Models.</source>
        <translation>请在“设置 → 模型”中选择它提供的模型。</translation>
    </message>
    <message>
        <source>Choose a model that can read more at once in Settings → Models.</source>
        <translation>请在“设置 → 模型”中选择上下文更长的模型。</translation>
    </message>
    <message>
        <source>The details name the variable; for the queue, those of the task that failed. Correct or remove it, then start Arboris again.</source>
        <translation>详情里写明了是哪个变量；队列的情况，见出错任务的详情。请改正或删除它，然后重新启动 Arboris。</translation>
    </message>
    <message>
        <source>Check the address in Settings → Models; most of them end in /v1.</source>
        <translation>请检查“设置 → 模型”中的地址；多数以 /v1 结尾。</translation>
    </message>
    <message>
        <source>Choose one in Settings → Models.</source>
        <translation>请在“设置 → 模型”中选择。</translation>
    </message>
    <message>
        <source>Choose a GGUF file or a provider in Settings → Models, or reinstall.</source>
        <translation>请在“设置 → 模型”中选择 GGUF 文件或服务商，或重新安装。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring, where keys are kept, is locked.</source>
        <translation>保存 API Key 的系统密钥环已锁定。</translation>
    </message>
    <message>
        <source>Unlock the keyring of this computer and try again, or enter the key again.</source>
        <translation>请解锁本机的系统密钥环后再试，或重新输入 API Key。</translation>
    </message>
    <message>
        <source>The analysis was interrupted, perhaps by a shutdown.</source>
        <translation>分析被中断，可能是因为关机。</translation>
    </message>
    <message>
        <source>Retry; it continues with the step that was interrupted.</source>
        <translation>请重试；会从中断的步骤继续。</translation>
    </message>
    <message>
        <source>What this is about is no longer there.</source>
        <translation>所涉及的内容已经不在了。</translation>
    </message>
    <message>
        <source>It was removed meanwhile, perhaps in another window or by a command. Choose something else.</source>
        <translation>它在此期间被移除了，可能是在另一个窗口中，也可能是由命令行移除的。请另选一个。</translation>
    </message>
    <message>
        <source>The novel is no longer there.</source>
        <translation>这部小说已经不在了。</translation>
    </message>
    <message>
        <source>It was deleted meanwhile, perhaps in another window. The backups may still have it.</source>
        <translation>它在此期间被删除了，可能是在另一个窗口中。备份里也许还有。</translation>
    </message>
    <message>
        <source>The chapter, or this version of it, no longer exists.</source>
        <translation>该章节或它的这个版本已不存在。</translation>
    </message>
    <message>
        <source>Nothing needs to be done; the task can be cancelled.</source>
        <translation>无需处理；可以取消该任务。</translation>
    </message>
    <message>
        <source>A value is not one of the allowed ones.</source>
        <translation>有一个值不在允许的范围内。</translation>
    </message>
    <message>
        <source>Correct it; the details say what is allowed.</source>
        <translation>请改正；详情里写明了允许哪些值。</translation>
    </message>
    <message>
        <source>The novel has all chapters of the file already.</source>
        <translation>小说里已有这个文件的所有章节。</translation>
    </message>
    <message>
        <source>Nothing was added. Choose a file with later chapters.</source>
        <translation>没有添加任何内容。请选择含有后续章节的文件。</translation>
    </message>
    <message>
        <source>A text is missing.</source>
        <translation>还有必填的内容没有填写。</translation>
    </message>
    <message>
        <source>Type them first; the details say which.</source>
        <translation>请先输入；详情里写明了缺什么。</translation>
    </message>
    <message>
        <source>A novel needs a title.</source>
        <translation>小说需要一个书名。</translation>
    </message>
    <message>
        <source>Type one; it can be changed at any time.</source>
        <translation>请输入书名，以后随时可以修改。</translation>
    </message>
    <message>
        <source>The auto-writer needs a bound at which it stops.</source>
        <translation>自动写作需要一个停下来的上限。</translation>
    </message>
    <message>
        <source>Set the most tokens, money or minutes that it may use.</source>
        <translation>请设定它最多可以用多少 token、多少钱或多少分钟。</translation>
    </message>
    <message>
        <source>The chapter has no text yet.</source>
        <translation>这一章还没有正文。</translation>
    </message>
    <message>
        <source>Write it first, or let the model write it.</source>
        <translation>请先写出来，或让模型来写。</translation>
    </message>
    <message>
        <source>The chapter is being written already.</source>
        <translation>这一章正在写作中。</translation>
    </message>
    <message>
        <source>Another window, a command or the auto-writer is writing it. Wait until it is done, or stop it there.</source>
        <translation>另一个窗口、命令行或自动写作正在写它。请等它写完，或在那边停止。</translation>
    </message>
    <message>
        <source>Chapters before this one are missing.</source>
        <translation>前面还缺章节。</translation>
    </message>
    <message>
        <source>Plan the chapters before it first, or begin earlier.</source>
        <translation>请先规划前面的章节，或从更早的一章开始。</translation>
    </message>
    <message>
        <source>These chapters cannot be merged.</source>
        <translation>这些章节不能合并。</translation>
    </message>
    <message>
        <source>Choose at least two that follow one another and have no text yet.</source>
        <translation>请至少选择两章，须相邻且都没有正文。</translation>
    </message>
    <message>
        <source>A chapter that has text would be lost by this.</source>
        <translation>这样做会丢失一章已有正文的章节。</translation>
    </message>
    <message>
        <source>Delete the chapter yourself in the outline if you are sure.</source>
        <translation>如果确定，请自行在大纲中删除这一章。</translation>
    </message>
    <message>
        <source>The outline was changed since, so this cannot be undone.</source>
        <translation>大纲后来又改动过，所以这一步无法撤销。</translation>
    </message>
    <message>
        <source>Undo the later change first, or correct it by hand.</source>
        <translation>请先撤销后来的改动，或手动改正。</translation>
    </message>
    <message>
        <source>There is no unfinished text here any more.</source>
        <translation>这里已经没有未完成的文字了。</translation>
    </message>
    <message>
        <source>It was stored or discarded meanwhile. Open the chapter to see it.</source>
        <translation>它在此期间已被保存或放弃。打开这一章即可查看。</translation>
    </message>
    <message>
        <source>This version of the chapter is being written already.</source>
        <translation>这份候选稿正在写作中。</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it where it is being written.</source>
        <translation>请等它写完，或在写作它的地方停止。</translation>
    </message>
    <message>
        <source>This version of the chapter is finished already.</source>
        <translation>这份候选稿已经写完了。</translation>
    </message>
    <message>
        <source>Choose it, or let the model write another one.</source>
        <translation>请采用它，或让模型再写一份。</translation>
    </message>
    <message>
        <source>No finished version of the chapter is there yet.</source>
        <translation>这一章还没有写完的候选稿。</translation>
    </message>
    <message>
        <source>Wait until it is written, or keep its text so far.</source>
        <translation>请等它写完，或保留已经写出的部分。</translation>
    </message>
    <message>
        <source>No more versions fit beside these.</source>
        <translation>这一轮放不下更多候选稿了。</translation>
    </message>
    <message>
        <source>Write all of them again instead.</source>
        <translation>请改为全部重新写。</translation>
    </message>
    <message>
        <source>The chapter waits for its analysis already.</source>
        <translation>这一章已经在等待分析。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: a newer task of the same chapter is in the list of tasks.</source>
        <translation>无需操作：任务列表中有这一章更新的任务。</translation>
    </message>
    <message>
        <source>The task has changed meanwhile.</source>
        <translation>任务在此期间已有进展。</translation>
    </message>
    <message>
        <source>The list of tasks shows where it is now.</source>
        <translation>任务列表会显示它现在的状态。</translation>
    </message>
    <message>
        <source>None of these chapters is left to analyse.</source>
        <translation>这些章节都不需要再分析。</translation>
    </message>
    <message>
        <source>They have no text, or are analysed or queued already. Choose others.</source>
        <translation>它们没有正文，或者已经分析过、已在队列中。请选择其他章节。</translation>
    </message>
    <message>
        <source>A batch of this novel is under way already.</source>
        <translation>这部小说已有一个批次正在进行。</translation>
    </message>
    <message>
        <source>Wait for its end, or cancel it in the list of tasks.</source>
        <translation>请等它结束，或在任务列表中取消它。</translation>
    </message>
    <message>
        <source>The batch has ended already.</source>
        <translation>这个批次已经结束。</translation>
    </message>
    <message>
        <source>Begin another one if chapters are left.</source>
        <translation>如果还有章节没有分析，请新建一个批次。</translation>
    </message>
    <message>
        <source>Another run of the auto-writer of this novel is not finished.</source>
        <translation>这部小说还有一次自动写作没有结束。</translation>
    </message>
    <message>
        <source>Let it go on, or end it, before you begin a new one.</source>
        <translation>请先让它继续，或将它结束，再开始新的一次。</translation>
    </message>
    <message>
        <source>The auto-writer works at this run in another window or by a command.</source>
        <translation>这次自动写作正在另一个窗口或命令行中进行。</translation>
    </message>
    <message>
        <source>Wait for it, or pause it there.</source>
        <translation>请等它完成，或在那边暂停。</translation>
    </message>
    <message>
        <source>No run of the auto-writer waits there: it has ended.</source>
        <translation>没有等待中的自动写作：它已经结束。</translation>
    </message>
    <message>
        <source>Begin a new one.</source>
        <translation>请开始新的一次。</translation>
    </message>
    <message>
        <source>No chapter with a text is among those chosen.</source>
        <translation>所选范围内没有写了正文的章节。</translation>
    </message>
    <message>
        <source>Choose other chapters, or also those that are only planned.</source>
        <translation>请另选章节，或连同只有细纲的章节。</translation>
    </message>
    <message>
        <source>No planned chapter is among those chosen.</source>
        <translation>所选范围内没有细纲。</translation>
    </message>
    <message>
        <source>Choose other chapters, or plan some first.</source>
        <translation>请另选章节，或先写一些细纲。</translation>
    </message>
    <message>
        <source>The codex has no entries yet.</source>
        <translation>设定集里还没有条目。</translation>
    </message>
    <message>
        <source>Add some, take them from a table, or have chapters analysed; then export it again.</source>
        <translation>请先添加条目、从表格导入，或分析章节，然后再导出。</translation>
    </message>
    <message>
        <source>The chosen chapters have no comments.</source>
        <translation>所选章节里没有批注。</translation>
    </message>
    <message>
        <source>Choose other chapters, or comment on a passage first.</source>
        <translation>请另选章节，或先给一段文字加上批注。</translation>
    </message>
    <message>
        <source>All of these chapters have a plan.</source>
        <translation>这些章节都已有细纲。</translation>
    </message>
    <message>
        <source>Choose others, or have some planned again.</source>
        <translation>请选择其他章节，或让其中一些重新规划。</translation>
    </message>
    <message>
        <source>No question is open any more.</source>
        <translation>已经没有待回答的问题。</translation>
    </message>
    <message>
        <source>Ask for the next one, or say what you like.</source>
        <translation>请要求下一个问题，或直接说出你的想法。</translation>
    </message>
    <message>
        <source>The novel has no rules that could be checked.</source>
        <translation>这部小说没有可以检查的写作规则。</translation>
    </message>
    <message>
        <source>Write its rules first.</source>
        <translation>请先写下它的写作规则。</translation>
    </message>
    <message>
        <source>The prompt cannot be used as it is.</source>
        <translation>这个提示词不能照原样使用。</translation>
    </message>
    <message>
        <source>Correct what the list beside it names.</source>
        <translation>请改正旁边列表中指出的问题。</translation>
    </message>
    <message>
        <source>These two entries cannot be merged.</source>
        <translation>这两个条目不能合并成一个。</translation>
    </message>
    <message>
        <source>Choose two different ones: two characters, or two entries of other kinds.</source>
        <translation>请选择两个不同的条目：两个人物，或两个都不是人物的条目。</translation>
    </message>
    <message>
        <source>This entry is no planted seed.</source>
        <translation>这个条目不是伏笔。</translation>
    </message>
    <message>
        <source>Only a seed can be paid off.</source>
        <translation>只有伏笔才能设定回收。</translation>
    </message>
    <message>
        <source>This change was undone already.</source>
        <translation>这个改动已经撤销过了。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需操作。</translation>
    </message>
    <message>
        <source>A later change builds on this one.</source>
        <translation>后来的一个改动以它为基础。</translation>
    </message>
    <message>
        <source>Undo that one first; the details name it.</source>
        <translation>请先撤销那个改动；详情里写明了是哪一个。</translation>
    </message>
    <message>
        <source>This change can no longer be undone.</source>
        <translation>这个改动已无法撤销。</translation>
    </message>
    <message>
        <source>What it changed is gone. Correct the entry by hand.</source>
        <translation>它所改动的内容已经不在了。请手动改正条目。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>What was saved before is safe; what is in the window is not saved yet.</source>
        <translation>此前保存的内容是安全的；窗口中的内容尚未保存。</translation>
    </message>
    <message>
        <source>Make room on the disk, then save or retry.</source>
        <translation>请腾出磁盘空间，然后保存或重试。</translation>
    </message>
    <message>
        <source>A file would be larger than this disk or your account allows.</source>
        <translation>文件大小超出了磁盘或账户允许的上限。</translation>
    </message>
    <message>
        <source>Some disks hold no file over 4 GB, and some accounts have a limit (ulimit -f). Raise it, or use another disk, then save or retry.</source>
        <translation>有些磁盘不支持超过 4 GB 的文件，有些账户设有上限（ulimit -f）。请提高上限或换用其他磁盘，然后保存或重试。</translation>
    </message>
    <message>
        <source>The disk reported an error.</source>
        <translation>磁盘报告了一个错误。</translation>
    </message>
    <message>
        <source>Check that the disk or network drive is connected and works, then save or retry.</source>
        <translation>请检查磁盘或网络驱动器已连接并能正常工作，然后保存或重试。</translation>
    </message>
    <message>
        <source>This disk cannot hold the file of your novels.</source>
        <translation>这个磁盘不能存放你的小说文件。</translation>
    </message>
    <message>
        <source>It is probably a network or cloud folder. Keep your novels in a folder on a disk of this computer: the variable ARBORIS_HOME names it.</source>
        <translation>这里多半是网络文件夹或云盘。请把小说放在本机磁盘上的文件夹里，并用环境变量 ARBORIS_HOME 指定它。</translation>
    </message>
    <message>
        <source>The file of your novels is not where its link leads.</source>
        <translation>你的小说文件不在链接所指的位置。</translation>
    </message>
    <message>
        <source>Connect the disk that it is on, or correct the link, then start again.</source>
        <translation>请接上存放它的磁盘，或改正链接，然后重新启动。</translation>
    </message>
    <message>
        <source>Another program is using the file of your novels.</source>
        <translation>另一个程序正在使用你的小说文件。</translation>
    </message>
    <message>
        <source>Close other copies of Arboris, or wait for a backup to end, and retry.</source>
        <translation>请关闭其他 Arboris 窗口，或等待备份结束，然后重试。</translation>
    </message>
    <message>
        <source>The server with your novels cannot be reached.</source>
        <translation>无法连接存放小说的服务器。</translation>
    </message>
    <message>
        <source>Check that the database runs and that its address is right, then retry.</source>
        <translation>请确认数据库正在运行、地址正确，然后重试。</translation>
    </message>
    <message>
        <source>The file of your novels cannot be written to.</source>
        <translation>你的小说文件无法写入。</translation>
    </message>
    <message>
        <source>Check the permissions of the folder that holds it.</source>
        <translation>请检查其所在文件夹的权限。</translation>
    </message>
    <message>
        <source>The path is too long to keep novels there.</source>
        <translation>路径过长，无法在那里保存小说。</translation>
    </message>
    <message>
        <source>Choose a folder with a shorter path.</source>
        <translation>请选择路径较短的文件夹。</translation>
    </message>
    <message>
        <source>The file of your novels is damaged.</source>
        <translation>你的小说文件已损坏。</translation>
    </message>
    <message>
        <source>It was left as it is, and the backups are beside it.</source>
        <translation>文件保持原样，备份就在旁边。</translation>
    </message>
    <message>
        <source>Restore the newest backup. Do not delete the file.</source>
        <translation>请恢复最新的备份。不要删除该文件。</translation>
    </message>
    <message>
        <source>The backup is damaged or was not made by Arboris.</source>
        <translation>该备份已损坏，或不是 Arboris 的备份。</translation>
    </message>
    <message>
        <source>Choose another backup.</source>
        <translation>请选择另一个备份。</translation>
    </message>
    <message>
        <source>The file of your novels is not the one that was opened: it was moved, deleted, or replaced by another.</source>
        <translation>小说文件已不是打开时的那一个：它被移走、删除，或被另一个文件替换了。</translation>
    </message>
    <message>
        <source>Nothing more is written, so that no file is harmed. Text that is not stored is put aside.</source>
        <translation>不再写入任何内容，以免损坏文件。尚未存入的文本会另行存放。</translation>
    </message>
    <message>
        <source>Quit, make sure that the right file is in its place, and start Arboris again. Do not let any program synchronise its folder while Arboris is open.</source>
        <translation>请退出，确认正确的文件在原来的位置，然后重新启动 Arboris。Arboris 打开时，不要让任何程序同步它的文件夹。</translation>
    </message>
    <message>
        <source>Your novels were saved by a newer version of Arboris.</source>
        <translation>你的小说由较新版本的 Arboris 保存。</translation>
    </message>
    <message>
        <source>Nothing was changed in the file.</source>
        <translation>文件没有任何改动。</translation>
    </message>
    <message>
        <source>Install the newest version of Arboris.</source>
        <translation>请安装最新版本的 Arboris。</translation>
    </message>
    <message>
        <source>The file cannot be read, or is of an unknown kind.</source>
        <translation>文件无法读取，或类型未知。</translation>
    </message>
    <message>
        <source>Check that the file is complete and that you may open it.</source>
        <translation>请确认文件完整，并且你有权打开。</translation>
    </message>
    <message>
        <source>The file cannot be written there.</source>
        <translation>无法把文件写到那里。</translation>
    </message>
    <message>
        <source>Choose another folder, or check that you may write to this one.</source>
        <translation>请选择另一个文件夹，或检查你是否可以写入该文件夹。</translation>
    </message>
    <message>
        <source>The file is damaged, or is not an Arboris novel.</source>
        <translation>文件已损坏，或者不是 Arboris 的小说。</translation>
    </message>
    <message>
        <source>Nothing of it was imported; your other novels are safe.</source>
        <translation>没有导入其中任何内容；其他小说安然无恙。</translation>
    </message>
    <message>
        <source>Copy the file again from its source, or export the novel there again.</source>
        <translation>请从来源处重新复制文件，或在那里重新导出小说。</translation>
    </message>
    <message>
        <source>The file was made by a newer version of Arboris.</source>
        <translation>文件由较新版本的 Arboris 制作。</translation>
    </message>
    <message>
        <source>Something went wrong inside Arboris.</source>
        <translation>Arboris 内部出错了。</translation>
    </message>
    <message>
        <source>Retry. If it happens again, please report it with the details below.</source>
        <translation>请重试。如果再次出现，请附上下面的详情报告。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the novel</source>
        <translation>导出小说</translation>
    </message>
    <message>
        <source>Novel</source>
        <translation>小说</translation>
    </message>
</context>
<context>
    <name>ExportOptionsDialog</name>
    <message>
        <source>Export options</source>
        <translation>导出选项</translation>
    </message>
    <message>
        <source>&amp;Also planned chapters without a text</source>
        <translation>连同只有细纲、尚无正文的章节(&amp;A)</translation>
    </message>
    <message>
        <source>Reading copy</source>
        <translation>阅读用</translation>
    </message>
    <message>
        <source>Standard manuscript form</source>
        <translation>标准投稿格式</translation>
    </message>
    <message>
        <source>As usual (LF)</source>
        <translation>通常（LF）</translation>
    </message>
    <message>
        <source>For old Windows programs (CRLF)</source>
        <translation>用于旧的 Windows 程序（CRLF）</translation>
    </message>
    <message>
        <source>A file for &amp;each chapter, in a new folder</source>
        <translation>每章一个文件，放进新文件夹(&amp;E)</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>The outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>The codex</source>
        <translation>设定集</translation>
    </message>
    <message>
        <source>My comments</source>
        <translation>我的批注</translation>
    </message>
    <message>
        <source>As a book</source>
        <translation>书籍</translation>
    </message>
    <message>
        <source>A dedication, a motto, rights</source>
        <translation>献词、题记、版权说明</translation>
    </message>
    <message>
        <source>A name for these choices</source>
        <translation>为这些选项起名</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>Fo&amp;rget</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>内容(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Chapters</source>
        <translation>章节(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Looks</source>
        <translation>样式(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Form of the text</source>
        <translation>正文格式(&amp;F)</translation>
    </message>
    <message>
        <source>E&amp;ncoding</source>
        <translation>编码(&amp;N)</translation>
    </message>
    <message>
        <source>L&amp;ine ends</source>
        <translation>换行符(&amp;I)</translation>
    </message>
    <message>
        <source>Fron&amp;t matter</source>
        <translation>卷首文字(&amp;T)</translation>
    </message>
    <message>
        <source>Co&amp;ver</source>
        <translation>封面(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>The options in grey are only for the text.</source>
        <translation>灰色的选项只用于正文。</translation>
    </message>
    <message>
        <source>Chapter files have no title page.</source>
        <translation>每章一个文件时没有扉页，卷首文字不会写入。</translation>
    </message>
    <message>
        <source>Text for a platform has no title page.</source>
        <translation>按平台格式导出时没有扉页，卷首文字不会写入。</translation>
    </message>
    <message>
        <source>Numbers and ranges, such as 1-20, 25</source>
        <translation>请填数字或范围，如 1-20, 25</translation>
    </message>
</context>
<context>
    <name>FactDialog</name>
    <message>
        <source>In your own words</source>
        <translation>用你自己的话说</translation>
    </message>
    <message>
        <source>What is known</source>
        <translation>已知内容</translation>
    </message>
    <message>
        <source>It then counts as known, and no analysis changes it.</source>
        <translation>保存后即视为已知，分析不会再改动。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
</context>
<context>
    <name>FieldHeading</name>
    <message>
        <source>Rewrite…</source>
        <translation>重新生成…</translation>
    </message>
    <message>
        <source>As you say, and only if you agree to what comes</source>
        <translation>按你的要求重写；你同意后才会替换</translation>
    </message>
    <message>
        <source>Rewrite: {field}</source>
        <translation>重新生成：{field}</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Import a novel</source>
        <translation>导入小说</translation>
    </message>
    <message>
        <source>Novels and texts ({endings})</source>
        <translation>小说与文本 ({endings})</translation>
    </message>
    <message>
        <source>Arboris novels ({endings})</source>
        <translation>Arboris 小说 ({endings})</translation>
    </message>
    <message>
        <source>Import the files of a folder as a novel</source>
        <translation>把文件夹里的文件导入为一部小说</translation>
    </message>
    <message>
        <source>Import as new novels?</source>
        <translation>作为新小说导入？</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Append the chapters of a file</source>
        <translation>追加文件中的章节</translation>
    </message>
    <message>
        <source>Texts ({endings})</source>
        <translation>文本 ({endings})</translation>
    </message>
    <message>
        <source>Appending {name}…</source>
        <translation>正在追加 {name}…</translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) added.</source>
        <translation>
            <numerusform>已追加 %n 章。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>Import as a new novel?</source>
        <translation>作为新小说导入？</translation>
    </message>
    <message>
        <source>{title}
{chapters}, {words}</source>
        <translation>{title}
{chapters}，{words}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Importing {name}…</source>
        <translation>正在导入 {name}…</translation>
    </message>
    <message>
        <source>Imported {name}.</source>
        <translation>已导入 {name}。</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>FileErrors</name>
    <message>
        <source>the file is not a text file</source>
        <translation>它不是文本文件</translation>
    </message>
    <message>
        <source>the file contains no text</source>
        <translation>文件里没有文字</translation>
    </message>
    <message>
        <source>it contains no text</source>
        <translation>里面没有文字</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>the file is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>the encoding of the file cannot be detected; choose it, or save it as UTF-8</source>
        <translation>看不出它用的是哪种编码；请选择编码，或另存为 UTF-8</translation>
    </message>
    <message>
        <source>the file is damaged or not complete</source>
        <translation>文件已损坏或不完整</translation>
    </message>
    <message>
        <source>it is damaged or not complete</source>
        <translation>文件已损坏或不完整</translation>
    </message>
    <message>
        <source>an archive within another</source>
        <translation>压缩包里还有压缩包</translation>
    </message>
    <message>
        <source>it declares a type of document, which no word processor does</source>
        <translation>其中声明了文档类型，文字处理软件不会这样写</translation>
    </message>
    <message>
        <source>it declares entities, which no book needs</source>
        <translation>其中声明了实体，书稿用不到</translation>
    </message>
    <message>
        <source>it is compressed too much for a book</source>
        <translation>压缩得过紧，不像一本书</translation>
    </message>
    <message>
        <source>it is too large unpacked</source>
        <translation>解压后太大</translation>
    </message>
    <message>
        <source>there are too many files in it</source>
        <translation>里面的文件太多</translation>
    </message>
    <message>
        <source>the book is protected against copying</source>
        <translation>这本书有防复制保护</translation>
    </message>
    <message>
        <source>the file is protected by a password</source>
        <translation>文件有密码保护</translation>
    </message>
    <message>
        <source>the file is protected by a password or packed in another way</source>
        <translation>文件有密码保护，或用了别的压缩方式</translation>
    </message>
    <message>
        <source>the file is a Kindle book; convert it to EPUB</source>
        <translation>它是 Kindle 电子书；请转换为 EPUB</translation>
    </message>
    <message>
        <source>the file is a Pages document; export it as Word or EPUB</source>
        <translation>它是 Pages 文档；请导出为 Word 或 EPUB</translation>
    </message>
    <message>
        <source>the file is a novelWriter project without its folder</source>
        <translation>只有 novelWriter 项目文件，缺少它所在的文件夹</translation>
    </message>
    <message>
        <source>the file is a spreadsheet, drawing or presentation, not a text</source>
        <translation>它是表格、绘图或演示文稿，不是文稿</translation>
    </message>
    <message>
        <source>the file is only a link to a Google document; download that as DOCX</source>
        <translation>它只是 Google 文档的链接；请把文档下载为 DOCX</translation>
    </message>
    <message>
        <source>the folder &apos;content&apos; beside it has no document of the novel</source>
        <translation>它旁边的“content”文件夹里没有小说的文档</translation>
    </message>
    <message>
        <source>the project has no chapter</source>
        <translation>项目里没有章节</translation>
    </message>
    <message>
        <source>the web archive is not one that a browser has saved</source>
        <translation>它不是浏览器保存的网页</translation>
    </message>
    <message>
        <source>there is no page in the web archive</source>
        <translation>网页归档里没有网页</translation>
    </message>
    <message>
        <source>a Scrivener project; compile it to DOCX or Markdown</source>
        <translation>它是 Scrivener 项目；请编译为 DOCX 或 Markdown</translation>
    </message>
    <message>
        <source>the file is a Scrivener project; compile it to DOCX or Markdown</source>
        <translation>它是 Scrivener 项目；请编译为 DOCX 或 Markdown</translation>
    </message>
    <message>
        <source>the file is a PDF, which has no paragraphs; convert it to DOCX or EPUB, or save its text</source>
        <translation>它是 PDF，没有段落；请转换为 DOCX 或 EPUB，或另存其中的文字</translation>
    </message>
    <message>
        <source>the file is an old or protected Word or WPS file; open it and save it as DOCX</source>
        <translation>它是旧版或受保护的 Word 或 WPS 文件；请打开后另存为 DOCX</translation>
    </message>
    <message>
        <source>the file is a database, not a text</source>
        <translation>它是数据库，不是文稿</translation>
    </message>
    <message>
        <source>the file is an archive; unpack it first</source>
        <translation>它是压缩包；请先解压</translation>
    </message>
    <message>
        <source>the file is a picture, not a text file</source>
        <translation>它是图片，不是文本文件</translation>
    </message>
    <message>
        <source>the file is a CHM help file; convert it to EPUB</source>
        <translation>它是 CHM 帮助文件；请转换为 EPUB</translation>
    </message>
    <message>
        <source>the file is a scanned book (DjVu), which has no text</source>
        <translation>它是扫描的书（DjVu），里面没有文字</translation>
    </message>
    <message>
        <source>the file is a WordPerfect file; open it and save it as DOCX</source>
        <translation>它是 WordPerfect 文件；请打开后另存为 DOCX</translation>
    </message>
    <message>
        <source>the file is Word&apos;s old XML; open it and save it as DOCX</source>
        <translation>它是旧版 Word 的 XML；请打开后另存为 DOCX</translation>
    </message>
    <message>
        <source>it is neither a character card nor a lorebook</source>
        <translation>它既不是角色卡，也不是世界书</translation>
    </message>
    <message>
        <source>the card in the picture is damaged</source>
        <translation>图片里的角色卡已损坏</translation>
    </message>
    <message>
        <source>the picture contains no character card</source>
        <translation>图片里没有角色卡</translation>
    </message>
    <message>
        <source>the first row has no column &apos;name&apos;</source>
        <translation>第一行里没有“name”（名称）这一列</translation>
    </message>
    <message>
        <source>the file is larger than {size} MiB</source>
        <translation>文件大于 {size} MiB</translation>
    </message>
    <message>
        <source>it has more than {count} entries</source>
        <translation>条目多于 {count} 个</translation>
    </message>
    <message>
        <source>the table has more than {count} rows</source>
        <translation>表格多于 {count} 行</translation>
    </message>
    <message>
        <source>a text in it is longer than {count} characters</source>
        <translation>其中一段文字超过 {count} 个字符</translation>
    </message>
    <message>
        <source>line {line}: “{kind}” is not a kind of entry</source>
        <translation>第 {line} 行：没有“{kind}”这种条目</translation>
    </message>
    <message>
        <source>line {line}: a name is missing or longer than {count} characters</source>
        <translation>第 {line} 行：名称缺失，或超过 {count} 个字符</translation>
    </message>
    <message>
        <source>line {line}: a text is longer than {count} characters</source>
        <translation>第 {line} 行：文字超过 {count} 个字符</translation>
    </message>
    <message>
        <source>a file name in it leads outside of it</source>
        <translation>其中有文件名指向它之外</translation>
    </message>
</context>
<context>
    <name>FileExports</name>
    <message>
        <source>Exporting {name}…</source>
        <translation>正在导出 {name}…</translation>
    </message>
    <message>
        <source>Exported to {name}.</source>
        <translation>已导出到 {name}。</translation>
    </message>
    <message>
        <source>Export all novels</source>
        <translation>导出全部小说</translation>
    </message>
    <message>
        <source>Library of Arboris ({endings})</source>
        <translation>Arboris 书库 ({endings})</translation>
    </message>
    <message>
        <source>My novels</source>
        <translation>我的小说</translation>
    </message>
    <message>
        <source>Click here to open the folder.</source>
        <translation>点这里打开所在文件夹。</translation>
    </message>
    <message>
        <source>The folder is {folder}</source>
        <translation>文件夹：{folder}</translation>
    </message>
</context>
<context>
    <name>FillDialog</name>
    <message>
        <source>Fill in chapters</source>
        <translation>补充章节</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>开始规划</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>{chapters} without a plan will be planned; all others stay.</source>
        <translation>将规划尚无细纲的 {chapters}，其余章节不变。</translation>
    </message>
    <message>
        <source>All of these chapters have a plan or a text.</source>
        <translation>这些章节都已有细纲或正文。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chapter</source>
        <translation>在本章中查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>上一个（Shift+F3）</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>下一个（F3）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>替换(&amp;R)</translation>
    </message>
    <message>
        <source>Replace &amp;All</source>
        <translation>全部替换(&amp;A)</translation>
    </message>
</context>
<context>
    <name>FindOptions</name>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Capitals, quotation marks and simplified or traditional characters count</source>
        <translation>区分大小写、引号写法和繁简字</translation>
    </message>
    <message>
        <source>Whole word</source>
        <translation>全词</translation>
    </message>
    <message>
        <source>Not within other words</source>
        <translation>不匹配其他单词的一部分</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>A regular expression; \1 in the replacement is a group</source>
        <translation>正则表达式；替换文字中的 \1 代表分组</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Incomplete pattern</source>
        <translation>正则表达式不完整</translation>
    </message>
    <message>
        <source>This pattern takes too long</source>
        <translation>这个正则表达式耗时太长</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 处</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 处，共 {count} 处</translation>
    </message>
    <message>
        <source>{count} replaced</source>
        <translation>已替换 {count} 处</translation>
    </message>
    <message>
        <source>The replacement refers to a group that the pattern does not have</source>
        <translation>替换文字引用了不存在的分组</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Welcome to Arboris Desktop</source>
        <translation>欢迎使用 Arboris Desktop</translation>
    </message>
    <message>
        <source>Use the built-in demonstration &amp;now</source>
        <translation>直接使用内置的演示模型(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>使用这个模型(&amp;U)</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>A service, a server, or a model for this computer</source>
        <translation>在线服务、服务器，或本机上的模型</translation>
    </message>
    <message>
        <source>A very small model is built in as a demonstration: it needs no account and no network and shows how everything works, but writes English only, and no sentence to keep.</source>
        <translation>内置了一个很小的模型作为演示：无需账号和网络，能看到各项功能如何运作；但它只会写英文，写不出值得保留的句子。</translation>
    </message>
    <message>
        <source>What is written is as good as the model that writes it. You can change this at any time in the settings.</source>
        <translation>写得怎样，取决于用哪个模型。之后随时可以在设置中更改。</translation>
    </message>
    <message>
        <source>Which model shall write with you?</source>
        <translation>用哪个模型与你一起写作？</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>The whole novel, for another computer</source>
        <translation>整部小说（可在另一台电脑上继续）</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>E-book</source>
        <translation>电子书</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument 文本</translation>
    </message>
    <message>
        <source>PDF, to read or print</source>
        <translation>PDF（阅读或打印）</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>novelWriter project, a new folder</source>
        <translation>novelWriter 项目（新文件夹）</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
</context>
<context>
    <name>GenerateDialog</name>
    <message>
        <source>Generate “{chapter}”</source>
        <translation>生成“{chapter}”</translation>
    </message>
    <message>
        <source>The model writes this chapter again, from its plan and the book. The present text stays among the versions.</source>
        <translation>模型会按细纲和全书重新写这一章。现有的文字会保留在版本里。</translation>
    </message>
    <message>
        <source>The model writes this chapter from its plan and the book.</source>
        <translation>模型会按细纲和全书写这一章。</translation>
    </message>
    <message>
        <source>What else you wish for</source>
        <translation>其他要求</translation>
    </message>
    <message>
        <source>What else you wish for, if anything: more dialogue, end at the door</source>
        <translation>其他要求，可以不填：比如多些对白、停在门口</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
</context>
<context>
    <name>GoToDialog</name>
    <message>
        <source>Find “{words}” in the book</source>
        <translation>在全书中查找“{words}”</translation>
    </message>
    <message>
        <source>Go to anything</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>A chapter, a name of the codex, or what to do</source>
        <translation>章节、设定集里的名字，或要做的事</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Where to go</source>
        <translation>可以转到的地方</translation>
    </message>
    <message>
        <source>Nothing of that name.</source>
        <translation>没有叫这个名字的。</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>Voice and rules of the novel</source>
        <translation>本书的叙述口吻与写作规则</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>叙述口吻</translation>
    </message>
    <message>
        <source>Such as: an old ferryman who tells it years later, drily, in short sentences.</source>
        <translation>例如：多年以后，一位老船夫用短句淡淡地讲述。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>写作规则</translation>
    </message>
    <message>
        <source>Such as: nobody in this world can fly.
The story never leaves Ida&apos;s view.</source>
        <translation>例如：这个世界里没有人会飞。
故事始终不离开艾达的视角。</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>叙述口吻(&amp;V)</translation>
    </message>
    <message>
        <source>Who tells the story, and how it sounds.</source>
        <translation>谁在讲述，听起来如何。</translation>
    </message>
    <message>
        <source>&amp;Style samples</source>
        <translation>文风样本(&amp;S)</translation>
    </message>
    <message>
        <source>Up to {count} passages; the model is asked to write in their manner.</source>
        <translation>最多 {count} 段；模型会照着它们的笔法来写。</translation>
    </message>
    <message>
        <source>&amp;Rules</source>
        <translation>写作规则(&amp;R)</translation>
    </message>
    <message>
        <source>What must always hold, one rule a line, up to {count}. Each new chapter is told them, and is checked against them afterwards.</source>
        <translation>必须始终成立的事，每行一条，最多 {count} 条。每写新的一章都会告知模型，写完后再据此检查。</translation>
    </message>
    <message>
        <source>S&amp;ave</source>
        <translation>保存(&amp;A)</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>User guide</source>
        <translation>使用指南</translation>
    </message>
    <message>
        <source>Find in the guide</source>
        <translation>在指南中查找</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>各节</translation>
    </message>
</context>
<context>
    <name>HeadingsModel</name>
    <message>
        <source>Heading</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>is text</source>
        <translation>作为正文</translation>
    </message>
    <message>
        <source>not imported</source>
        <translation>不导入</translation>
    </message>
</context>
<context>
    <name>HunkList</name>
    <message>
        <source>Changes of the proposal</source>
        <translation>建议中的改动</translation>
    </message>
    <message>
        <source>Add: {new}</source>
        <translation>增加：{new}</translation>
    </message>
    <message>
        <source>Remove: {old}</source>
        <translation>删去：{old}</translation>
    </message>
    <message>
        <source>Replace: {old}
by: {new}</source>
        <translation>将：{old}
改为：{new}</translation>
    </message>
</context>
<context>
    <name>ImportChoices</name>
    <message>
        <source>Guessed: {encoding}</source>
        <translation>自动判断：{encoding}</translation>
    </message>
    <message>
        <source>Guessed</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>书名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>作者(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Headings</source>
        <translation>章节标题(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
    <message>
        <source>The file is an &amp;outline: its texts are plans</source>
        <translation>这是大纲：文字都作为细纲导入(&amp;O)</translation>
    </message>
    <message>
        <source>What stands below a heading becomes the plan of that chapter or volume</source>
        <translation>标题下面的文字成为该章或该卷的细纲</translation>
    </message>
    <message>
        <source>For example: ^Episode (\d+)</source>
        <translation>例如：^第(\d+)集</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>正则表达式</translation>
    </message>
</context>
<context>
    <name>ImportPreviewDialog</name>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n 章</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n 卷</numerusform>
        </translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>导入 {name}</translation>
    </message>
    <message>
        <source>Append {name}</source>
        <translation>追加 {name}</translation>
    </message>
    <message>
        <source>&amp;Merge with the Chapter Before</source>
        <translation>并入上一章(&amp;M)</translation>
    </message>
    <message>
        <source>Makes one chapter of those selected; their headings become text</source>
        <translation>把所选各章并为一章，它们的标题变成正文</translation>
    </message>
    <message>
        <source>&amp;Leave Out</source>
        <translation>不导入(&amp;L)</translation>
    </message>
    <message>
        <source>Does not import these chapters; once more takes it back</source>
        <translation>不导入这些章；再点一次恢复</translation>
    </message>
    <message>
        <source>&amp;Begin a Chapter Here</source>
        <translation>从这里另起一章(&amp;B)</translation>
    </message>
    <message>
        <source>Begins a chapter at the line of the cursor</source>
        <translation>从光标所在行开始新的一章</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Append</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>章节标题</translation>
    </message>
    <message>
        <source>Text of the chapter</source>
        <translation>章节正文</translation>
    </message>
</context>
<context>
    <name>ImportPreviewWords</name>
    <message>
        <source>Found automatically</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Marked as headings in the file</source>
        <translation>文件中标为标题的行</translation>
    </message>
    <message>
        <source>None: the text is one chapter</source>
        <translation>不分章：全文为一章</translation>
    </message>
    <message>
        <source>A pattern of my own…</source>
        <translation>自定义正则…</translation>
    </message>
    <message>
        <source>Dates, as in a diary</source>
        <translation>日期，如日记</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>number jumps</source>
        <translation>编号跳跃</translation>
    </message>
    <message>
        <source>number comes again</source>
        <translation>编号重复</translation>
    </message>
    <message>
        <source>number goes back</source>
        <translation>编号倒退</translation>
    </message>
    <message>
        <source>Some characters cannot be read. Is the encoding right?</source>
        <translation>有些字符无法识别。编码选对了吗？</translation>
    </message>
    <message>
        <source>Pictures are not imported.</source>
        <translation>图片不会导入。</translation>
    </message>
    <message>
        <source>Tables become lines of text.</source>
        <translation>表格会变成文字行。</translation>
    </message>
    <message>
        <source>Footnotes become text below their paragraphs.</source>
        <translation>脚注会变成段落下方的文字。</translation>
    </message>
    <message>
        <source>Comments become text in brackets.</source>
        <translation>批注会变成方括号里的文字。</translation>
    </message>
    <message>
        <source>Tracked changes are taken as accepted.</source>
        <translation>修订按已接受处理。</translation>
    </message>
    <message>
        <source>Some pages of the book are not in the file.</source>
        <translation>文件中缺少书里的一些页面。</translation>
    </message>
    <message>
        <source>Page numbers and running heads are left out.</source>
        <translation>页码和页眉不会导入。</translation>
    </message>
    <message>
        <source>No headings were found: all of the text, {length}, would be one chapter. How are the chapters headed?</source>
        <translation>没有找到标题：全文 {length} 会成为一章。各章的标题是什么样的？</translation>
    </message>
    <message>
        <source>“{title}” has {length}: have headings been missed?</source>
        <translation>“{title}”有 {length}：是不是漏了标题？</translation>
    </message>
    <message>
        <source>Lines like “{form}”</source>
        <translation>形如“{form}”的行</translation>
    </message>
    <message>
        <source>The headings cannot be found in this way: {reason}</source>
        <translation>无法按此方式识别标题：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of Project Gutenberg&apos;s notices are left out.</source>
        <translation>
            <numerusform>已略去 %n 行古登堡计划的说明。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s), scene name(s) or unused part(s) of the project are left out.</source>
        <translation>
            <numerusform>已略去 %n 处标签、场景名和未使用的部分。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) become entries of the codex.</source>
        <translation>
            <numerusform>%n 条笔记将成为设定集条目。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The table of contents, %n line(s), is left out.</source>
        <translation>
            <numerusform>已略去 %n 行目录。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) without text.</source>
        <translation>
            <numerusform>%n 章没有正文。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers jump %n time(s), first at {title}.</source>
        <translation>
            <numerusform>编号跳跃 %n 处，首处：{title}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers come again %n time(s), first {title}.</source>
        <translation>
            <numerusform>编号重复 %n 处，首处：{title}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers go back %n time(s), first at {title}.</source>
        <translation>
            <numerusform>编号倒退 %n 处，首处：{title}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InstructionsDialog</name>
    <message>
        <source>Instructions of the file</source>
        <translation>文件带来的指示</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>The novel came with instructions that would be told to your model with every question. They are off. Use them only if you trust where the file came from.</source>
        <translation>这部小说带来了一些指示，启用后每次提问都会告诉你的模型。它们现在没有生效。只有在信任文件来源时才使用。</translation>
    </message>
    <message>
        <source>Leave Them Off</source>
        <translation>暂不启用</translation>
    </message>
    <message>
        <source>Use Them</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Discard Them</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>InterfacePage</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>跟随窗口</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸色</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>棕褐</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比</translation>
    </message>
    <message>
        <source>Show &amp;notifications on the desktop</source>
        <translation>在桌面显示通知(&amp;N)</translation>
    </message>
    <message>
        <source>Keep &amp;working in the tray</source>
        <translation>在托盘中继续工作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Typeface</source>
        <translation>字体(&amp;T)</translation>
    </message>
    <message>
        <source>One that has Chinese letters is used for Chinese novels too.</source>
        <translation>含汉字的字体也会用于中文小说。</translation>
    </message>
    <message>
        <source>&amp;Font size of the editor</source>
        <translation>编辑器字号(&amp;F)</translation>
    </message>
    <message>
        <source>L&amp;ine height</source>
        <translation>行高(&amp;I)</translation>
    </message>
    <message>
        <source>Wi&amp;dth of the column</source>
        <translation>栏宽(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>纸张(&amp;P)</translation>
    </message>
    <message>
        <source>C&amp;hinese letters</source>
        <translation>中文字体(&amp;H)</translation>
    </message>
    <message>
        <source>When the window is closed, analyses go on; the tray brings it back.</source>
        <translation>关闭窗口后分析继续进行；可从托盘重新打开。</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>当前桌面不支持托盘。</translation>
    </message>
    <message>
        <source>Source Serif (included)</source>
        <translation>Source Serif 衬线（自带）</translation>
    </message>
    <message>
        <source>Sans serif, as the window</source>
        <translation>无衬线体，与界面相同</translation>
    </message>
    <message>
        <source>{family} (not on this computer)</source>
        <translation>{family}（本机没有）</translation>
    </message>
    <message>
        <source>Song (serif)</source>
        <translation>宋体</translation>
    </message>
    <message>
        <source>Kai (script)</source>
        <translation>楷体</translation>
    </message>
    <message>
        <source>Hei (sans serif)</source>
        <translation>黑体</translation>
    </message>
</context>
<context>
    <name>ItemPanel</name>
    <message>
        <source>&amp;Always tell</source>
        <translation>一定放入(&amp;A)</translation>
    </message>
    <message>
        <source>Tell this for this chapter, whatever else has to go</source>
        <translation>写本章时一定放入，其他内容为它让位</translation>
    </message>
    <message>
        <source>&amp;Never tell</source>
        <translation>不要放入(&amp;N)</translation>
    </message>
    <message>
        <source>Leave this out for this chapter</source>
        <translation>写本章时不放入</translation>
    </message>
    <message>
        <source>What the model reads</source>
        <translation>模型读到的文字</translation>
    </message>
    <message>
        <source>Choose a piece to read it.</source>
        <translation>选择一项即可查看。</translation>
    </message>
    <message>
        <source>What you decide here counts for this chapter only.</source>
        <translation>这里的选择只对本章有效。</translation>
    </message>
</context>
<context>
    <name>ItemTree</name>
    <message>
        <source>Piece</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>JournalDialog</name>
    <message>
        <source>History of the Codex</source>
        <translation>设定集的历史</translation>
    </message>
    <message>
        <source>Changes, the newest first</source>
        <translation>改动，最新的在前</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>&amp;Undo this change</source>
        <translation>撤销此改动(&amp;U)</translation>
    </message>
    <message>
        <source>The last changes to the codex. One that a later change builds on cannot be undone.</source>
        <translation>设定集最近的改动。若有后来的改动以其为基础，则不能撤销。</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Delete this novel?</source>
        <translation>删除这部小说？</translation>
    </message>
    <message>
        <source>All its chapters, versions and findings are deleted for good.</source>
        <translation>它的所有章节、版本和分析结果都将被永久删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ListField</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Undo the last change of the list</source>
        <translation>撤销对列表的上一次改动</translation>
    </message>
</context>
<context>
    <name>LocalServers</name>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查找(&amp;L)</translation>
    </message>
    <message>
        <source>Looking for servers on this computer…</source>
        <translation>正在查找本机上的服务…</translation>
    </message>
    <message>
        <source>Running on this computer; click one to use it:</source>
        <translation>本机正在运行的服务，单击即可选用：</translation>
    </message>
    <message>
        <source>No server runs on this computer at a usual port.</source>
        <translation>本机的常用端口上没有正在运行的服务。</translation>
    </message>
    <message>
        <source>{server}: {model}</source>
        <translation>{server}：{model}</translation>
    </message>
</context>
<context>
    <name>LostLibraryNotice</name>
    <message>
        <source>Another File</source>
        <translation>文件被替换</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不退出</translation>
    </message>
    <message>
        <source>What was stored before could not be copied.</source>
        <translation>之前已存入的内容无法复制出来。</translation>
    </message>
    <message>
        <source>What was stored before is kept as a backup: {path}</source>
        <translation>之前已存入的内容已保留为备份：{path}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Arboris Desktop</source>
        <translation>Arboris Desktop</translation>
    </message>
    <message>
        <source>{title} — Arboris Desktop</source>
        <translation>{title} — Arboris Desktop</translation>
    </message>
</context>
<context>
    <name>MarginNote</name>
    <message>
        <source>+ {remark}</source>
        <translation>＋ {remark}</translation>
    </message>
    <message>
        <source>− {remark}</source>
        <translation>－ {remark}</translation>
    </message>
    <message>
        <source>(quotation not found: “{quotation}”)</source>
        <translation>（未找到原文：“{quotation}”）</translation>
    </message>
    <message>
        <source>What is good</source>
        <translation>优点</translation>
    </message>
    <message>
        <source>What is not</source>
        <translation>不足</translation>
    </message>
</context>
<context>
    <name>MarkedText</name>
    <message>
        <source>Show in the Codex</source>
        <translation>在设定集中显示</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Novel</source>
        <translation>小说(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Chapter</source>
        <translation>章节(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>队列(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Si&amp;ze of the Text</source>
        <translation>字号(&amp;Z)</translation>
    </message>
</context>
<context>
    <name>MergeCandidatesDialog</name>
    <message>
        <source>Merge passages</source>
        <translation>合并段落</translation>
    </message>
    <message>
        <source>Tick the paragraphs that you want; they are inserted into the text on the right, which you can edit. Close keeps your work for later.</source>
        <translation>勾选想要的段落，它们会进入右边的正文，正文可以随意修改。关闭后，做过的都会留着。</translation>
    </message>
    <message>
        <source>Paragraphs of the candidates</source>
        <translation>各候选稿的段落</translation>
    </message>
    <message>
        <source>The assembled text</source>
        <translation>合成的正文</translation>
    </message>
    <message>
        <source>Make it the chapter</source>
        <translation>作为本章正文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>That paragraph was edited in the text: delete it there if you want.</source>
        <translation>那一段在正文里改动过：若要去掉，请在正文中删除。</translation>
    </message>
</context>
<context>
    <name>MergeEntriesDialog</name>
    <message>
        <source>Merge two entries</source>
        <translation>合并条目</translation>
    </message>
    <message>
        <source>The other entry</source>
        <translation>另一条目</translation>
    </message>
    <message>
        <source>Which entry is also “{name}”?</source>
        <translation>哪个条目也是“{name}”？</translation>
    </message>
    <message>
        <source>“{name}” keeps its name and takes the facts and names of the other. The history of the codex can undo it.</source>
        <translation>“{name}”保留其名称，并收入另一条目的内容与别名。可在设定集的历史中撤销。</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>合并(&amp;M)</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Who does what</source>
        <translation>模型分工</translation>
    </message>
</context>
<context>
    <name>MoneyLimits</name>
    <message>
        <source>Limits in money</source>
        <translation>金额上限</translation>
    </message>
    <message>
        <source>Enter the prices of your models first: then money can be limited, too.</source>
        <translation>请先填写各模型的价格，之后也可以限制金额。</translation>
    </message>
    <message>
        <source>In a day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>On a novel</source>
        <translation>每部小说</translation>
    </message>
    <message>
        <source>Warn: one analysis</source>
        <translation>提醒：单次分析</translation>
    </message>
    <message>
        <source>The warning comes as a notification; nothing is stopped by it.</source>
        <translation>以通知提醒，不会中止任何任务。</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>At most in a day, in {currency}</source>
        <translation>每天最多（{currency}）</translation>
    </message>
    <message>
        <source>At most on a novel, in {currency}</source>
        <translation>每部小说最多（{currency}）</translation>
    </message>
    <message>
        <source>Warn when one analysis costs more than, in {currency}</source>
        <translation>单次分析超过此数则提醒，以 {currency} 计</translation>
    </message>
</context>
<context>
    <name>NewNovelDialog</name>
    <message>
        <source>New novel</source>
        <translation>新建小说</translation>
    </message>
    <message>
        <source>The working title</source>
        <translation>暂定书名</translation>
    </message>
    <message>
        <source>As it is to stand on the cover</source>
        <translation>封面上要用的署名</translation>
    </message>
    <message>
        <source>Who wants what, what stands in the way, and where and when it happens.</source>
        <translation>谁想要什么，什么阻碍着他，故事发生在何时何地。</translation>
    </message>
    <message>
        <source>For example: first person, dry humour</source>
        <translation>例如：第一人称，冷幽默</translation>
    </message>
    <message>
        <source>A novel needs a title, or an idea to begin with.</source>
        <translation>需要书名，或从灵感开始。</translation>
    </message>
    <message>
        <source>Create novel</source>
        <translation>创建小说</translation>
    </message>
    <message>
        <source>Begin with an &amp;idea</source>
        <translation>从灵感开始(&amp;I)</translation>
    </message>
    <message>
        <source>A dialogue about what the novel should be</source>
        <translation>通过对话弄清这部小说要写什么</translation>
    </message>
    <message>
        <source>Titl&amp;e</source>
        <translation>书名(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>作者(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Chapter &amp;numbers</source>
        <translation>章节编号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Premise</source>
        <translation>故事核心(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Style</source>
        <translation>文风(&amp;S)</translation>
    </message>
    <message>
        <source>Plan (it can be changed at any time)</source>
        <translation>大纲（可随时修改）</translation>
    </message>
</context>
<context>
    <name>NextStep</name>
    <message>
        <source>Go on to {chapter}</source>
        <translation>去写{chapter}</translation>
    </message>
</context>
<context>
    <name>NoAnswer</name>
    <message>
        <source>Arboris has your novels open already, and does not answer.</source>
        <translation>Arboris 已经打开了你的小说，但没有回应。</translation>
    </message>
    <message>
        <source>What was saved is safe. Its window comes to the front as soon as it answers.</source>
        <translation>已保存的内容都在。它一有回应，窗口就会来到最前面。</translation>
    </message>
    <message>
        <source>Another window is possible too; both write into the same novels.</source>
        <translation>也可以另开一个窗口；两个窗口写的是同一批小说。</translation>
    </message>
    <message>
        <source>Open Another Window</source>
        <translation>另开一个窗口</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>If it never does, end its process: Arboris then opens here by itself.</source>
        <translation>如果一直没有回应，请结束它的进程，Arboris 会自动在这里打开。</translation>
    </message>
    <message>
        <source>If it never does, end its process ({number}): Arboris then opens here by itself.</source>
        <translation>如果一直没有回应，请结束它的进程（{number}），Arboris 会自动在这里打开。</translation>
    </message>
</context>
<context>
    <name>NoChapterPage</name>
    <message>
        <source>Begin with an &amp;idea</source>
        <translation>从灵感开始(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Plan chapters</source>
        <translation>规划章节(&amp;P)</translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation>导入(&amp;M)…</translation>
    </message>
    <message>
        <source>This novel has no chapter yet. Write the first one, or come to it step by step: from an idea, from a plan, or from a text that you have.</source>
        <translation>这部小说还没有章节。可以直接动笔写第一章，也可以先从灵感聊起、先规划各章，或导入已有的文稿。</translation>
    </message>
    <message>
        <source>&amp;Write the first chapter</source>
        <translation>写第一章(&amp;W)</translation>
    </message>
    <message>
        <source>No chapter is open. Choose one in the list, or go on here:</source>
        <translation>尚未打开章节。可以在列表中选一章，或接着写：</translation>
    </message>
    <message>
        <source>&amp;Open {chapter}</source>
        <translation>打开{chapter}(&amp;O)</translation>
    </message>
</context>
<context>
    <name>NoteList</name>
    <message>
        <source>Remarks</source>
        <translation>评语</translation>
    </message>
    <message>
        <source>Rule {number}</source>
        <translation>规则 {number}</translation>
    </message>
    <message>
        <source>{kind} · {about}</source>
        <translation>{kind} · {about}</translation>
    </message>
    <message>
        <source>Not in the chapter: “{text}”</source>
        <translation>章节中没有：“{text}”</translation>
    </message>
</context>
<context>
    <name>NotesPanel</name>
    <message>
        <source>My &amp;status</source>
        <translation>我的状态(&amp;S)</translation>
    </message>
    <message>
        <source>Cut lines, questions, what comes later: anything about this chapter.</source>
        <translation>删下来的句子、疑问、后文要写的：关于这一章的任何想法。</translation>
    </message>
    <message>
        <source>Scratchpad of the chapter</source>
        <translation>本章草稿本</translation>
    </message>
    <message>
        <source>For yourself: no exported book has it, and no model reads it.</source>
        <translation>只给你自己看：不会导出成书，也没有模型会读到。</translation>
    </message>
</context>
<context>
    <name>NovelList</name>
    <message>
        <source>Your novels</source>
        <translation>你的小说</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{length} · {written} of {all} chapters · changed {when}</source>
        <translation>{length} · 已写 {written}/{all} 章 · 修改：{when}</translation>
    </message>
    <message>
        <source>Being written: {chapters}</source>
        <translation>正在写：{chapters}</translation>
    </message>
</context>
<context>
    <name>NumberingBox</name>
    <message>
        <source>No numbers, only titles</source>
        <translation>不编号，只用章名</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{count} billion</source>
        <translation>{count} 亿</translation>
    </message>
    <message>
        <source>{count} million</source>
        <translation>{count} 百万</translation>
    </message>
</context>
<context>
    <name>OutlineActions</name>
    <message>
        <source>Plan volumes…</source>
        <translation>规划分卷…</translation>
    </message>
    <message>
        <source>Fill in chapters…</source>
        <translation>补充章节…</translation>
    </message>
    <message>
        <source>Plan again…</source>
        <translation>重新规划…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Insert before</source>
        <translation>在前面插入</translation>
    </message>
    <message>
        <source>Add chapter</source>
        <translation>添加章节</translation>
    </message>
    <message>
        <source>Add volume</source>
        <translation>添加卷</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Open chapter</source>
        <translation>打开本章</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>拆分…</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Plan These Chapters…</source>
        <translation>生成细纲…</translation>
    </message>
</context>
<context>
    <name>OutlineEditor</name>
    <message>
        <source>Add chapter</source>
        <translation>添加章节</translation>
    </message>
    <message>
        <source>Add volume</source>
        <translation>添加卷</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Who does what, and how it ends.</source>
        <translation>谁做了什么，结果如何。</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;What happens</source>
        <translation>情节(&amp;W)</translation>
    </message>
</context>
<context>
    <name>OutlineEditorTree</name>
    <message>
        <source>Planned volumes and chapters</source>
        <translation>规划的卷与章</translation>
    </message>
</context>
<context>
    <name>OutlineModel</name>
    <message>
        <source>Chapter</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>情节</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>字数</translation>
    </message>
</context>
<context>
    <name>OutlineNotice</name>
    <message>
        <source>Plan missing chapters</source>
        <translation>补全缺章</translation>
    </message>
    <message>
        <source>Let the model plan the missing chapters</source>
        <translation>让模型规划缺少的章节</translation>
    </message>
    <message>
        <source>Number in this order</source>
        <translation>按此顺序编号</translation>
    </message>
    <message>
        <source>Missing chapters: {numbers}.</source>
        <translation>缺少的章节：{numbers}。</translation>
    </message>
    <message>
        <source>The same title: {numbers}.</source>
        <translation>章名重复：{numbers}。</translation>
    </message>
    <message>
        <source>The same plan: {numbers}.</source>
        <translation>细纲重复：{numbers}。</translation>
    </message>
    <message>
        <source>Not in the order of their numbers: {numbers}.</source>
        <translation>未按章号排列：{numbers}。</translation>
    </message>
</context>
<context>
    <name>OutlinePage</name>
    <message>
        <source>Outline: volumes and chapters</source>
        <translation>大纲：卷与章</translation>
    </message>
    <message>
        <source>No chapter is planned yet. Let the model plan volumes and chapters, or add the first chapter yourself.</source>
        <translation>还没有规划任何章节。可以让模型规划分卷和章节，也可以自己添加第一章。</translation>
    </message>
    <message>
        <source>Plan volumes…</source>
        <translation>规划分卷…</translation>
    </message>
    <message>
        <source>Chapters {numbers} are missing. Double-click to let the model plan them, or add a chapter here yourself.</source>
        <translation>缺第 {numbers} 章。双击可让模型规划，也可以自己在这里添加一章。</translation>
    </message>
    <message>
        <source>{chapters} selected. Drag them, or move them with Alt and the arrows.</source>
        <translation>已选中 {chapters}。可以拖动，也可以用 Alt 加方向键移动。</translation>
    </message>
    <message>
        <source>Select a chapter or a volume to see and change its plan.</source>
        <translation>选择一章或一卷，即可查看和修改其细纲。</translation>
    </message>
</context>
<context>
    <name>OutlinePlanner</name>
    <message>
        <source>Dismiss the new plans?</source>
        <translation>放弃新的细纲？</translation>
    </message>
    <message>
        <source>Plans that the model made wait for your decision. They would be lost.</source>
        <translation>模型给出的细纲还在等你决定，放弃后将会丢失。</translation>
    </message>
    <message>
        <source>Dismiss them</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>OutlineStructure</name>
    <message>
        <source>Nothing was changed: the outline has changed meanwhile.</source>
        <translation>没有作任何改动：大纲已与先前不同。</translation>
    </message>
    <message>
        <source>Written chapters have other numbers now. Their texts, versions and facts moved with them; analyse them again if the order of events changed.</source>
        <translation>已写成的章节章号有变。正文、版本和设定都随之移动；如果事件的先后有变，请重新分析。</translation>
    </message>
    <message>
        <source>Chapter(s) {numbers} have text. It is lost for good, with all versions and drafts, and what the analysis found in it. This cannot be undone.</source>
        <translation>第 {numbers} 章已有正文。删除后，正文连同所有版本、草稿以及分析结果都将永久丢失，无法撤销。</translation>
    </message>
    <message>
        <source>Delete chapters that have text?</source>
        <translation>删除已有正文的章节？</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>OwnStatus</name>
    <message>
        <source>No status</source>
        <translation>未设状态</translation>
    </message>
    <message>
        <source>Idea</source>
        <translation>构思</translation>
    </message>
    <message>
        <source>First draft</source>
        <translation>初稿</translation>
    </message>
    <message>
        <source>To revise</source>
        <translation>待修改</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>定稿</translation>
    </message>
</context>
<context>
    <name>PageSample</name>
    <message>
        <source>“There’s always a tide,” she said, and closed the book. Outside, the sea went out.

雾从河面上来，贴着青石板往巷子里漫。</source>
        <translation>雾从河面上来，贴着青石板往巷子里漫。“三十七，”他说，“齐了。”

Outside, the sea went out.</translation>
    </message>
    <message>
        <source>Sample of the page</source>
        <translation>页面示例</translation>
    </message>
</context>
<context>
    <name>ParagraphMenu</name>
    <message>
        <source>Pa&amp;ragraphs</source>
        <translation>段落(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Indent the First Line</source>
        <translation>首行缩进(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Gap Between Paragraphs</source>
        <translation>段间空行(&amp;G)</translation>
    </message>
    <message>
        <source>Indent &amp;and Gap</source>
        <translation>缩进并空行(&amp;A)</translation>
    </message>
</context>
<context>
    <name>PlanPopover</name>
    <message>
        <source>What is planned</source>
        <translation>本章细纲</translation>
    </message>
    <message>
        <source>Who does what, and how it ends.</source>
        <translation>谁做了什么，结果如何。</translation>
    </message>
    <message>
        <source>Show in the outline</source>
        <translation>在大纲中查看</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PlannedPage</name>
    <message>
        <source>What is planned</source>
        <translation>本章细纲</translation>
    </message>
    <message>
        <source>Generate this chapter</source>
        <translation>生成这一章</translation>
    </message>
    <message>
        <source>Write it myself</source>
        <translation>我自己写</translation>
    </message>
    <message>
        <source>Begin with an empty page</source>
        <translation>从空白页开始</translation>
    </message>
    <message>
        <source>What the model is told</source>
        <translation>上下文预览</translation>
    </message>
    <message>
        <source>What parts of the book are sent to the model with this plan, why, and what is left out</source>
        <translation>查看随本章细纲一起发给模型的前文内容、入选原因，以及没有放入的内容</translation>
    </message>
    <message>
        <source>Nothing is planned for this chapter yet. It follows from the premise.</source>
        <translation>本章还没有细纲，将根据故事核心来写。</translation>
    </message>
    <message>
        <source>Let the model write this chapter from its plan ({keys})</source>
        <translation>让模型按细纲写这一章（{keys}）</translation>
    </message>
</context>
<context>
    <name>PresetHints</name>
    <message>
        <source>Writes Chinese and English well at a low price. Paid in advance; outside the working hours of Beijing for half of the price below.</source>
        <translation>中文、英文都写得好，价格低。需预先充值；北京工作时间以外，只收下方价格的一半。</translation>
    </message>
    <message>
        <source>Alibaba Cloud in Beijing; an account outside China has another address, dashscope-intl.aliyuncs.com.</source>
        <translation>阿里云百炼（北京）；国际站账号请改用 dashscope-intl.aliyuncs.com。</translation>
    </message>
    <message>
        <source>The address ends in /v4. Some small models of it are free.</source>
        <translation>地址以 /v4 结尾；部分小模型免费。</translation>
    </message>
    <message>
        <source>A new account is allowed few requests a minute: set the limit below if it refuses. Outside China the address is api.moonshot.ai.</source>
        <translation>新账号每分钟可用的请求很少，若被拒绝请在下方设置限制。国际站地址为 api.moonshot.ai。</translation>
    </message>
    <message>
        <source>A model has to be activated in the console first; the id of an endpoint (ep-…) does as a model, too.</source>
        <translation>需先在控制台开通模型；模型处也可填推理接入点 ID（ep-…）。</translation>
    </message>
    <message>
        <source>Open models of many makers with one key; a name has its maker before it.</source>
        <translation>一个 API Key 可用多家的开源模型；模型名前带有厂商名。</translation>
    </message>
    <message>
        <source>Outside China the address is api.minimax.io. A key of a subscription is another than one that is paid by use.</source>
        <translation>中国以外的地址是 api.minimax.io。套餐的 API Key 和按量付费的 API Key 不是同一个。</translation>
    </message>
    <message>
        <source>Test the connection to list its models.</source>
        <translation>测试连接即可列出它的模型。</translation>
    </message>
    <message>
        <source>The key is the one for OpenAI&apos;s protocol, made in the console. Test the connection to list the models.</source>
        <translation>API Key 是在控制台里创建的、OpenAI 协议用的那一种。测试连接即可列出模型。</translation>
    </message>
    <message>
        <source>The address ends in /v2. The key begins with bce-v3/.</source>
        <translation>地址以 /v2 结尾。API Key 以 bce-v3/ 开头。</translation>
    </message>
    <message>
        <source>The key is the APIPassword of the model&apos;s page, and each model may have one of its own.</source>
        <translation>API Key 是模型页面上的 APIPassword，每个模型可能各有一个。</translation>
    </message>
    <message>
        <source>The key needs credit of its own: a subscription to Grok is not enough.</source>
        <translation>API Key 要单独充值：只订阅 Grok 是不够的。</translation>
    </message>
    <message>
        <source>Open models, very fast. Without payment few tokens a minute are allowed: a long chapter may have to wait.</source>
        <translation>开源模型，速度很快。不付费时每分钟的 token 很少：长的章节可能要等。</translation>
    </message>
    <message>
        <source>Open models of many makers; a name has its maker before it.</source>
        <translation>多家的开源模型；模型名前带有厂商名。</translation>
    </message>
    <message>
        <source>Open models of many makers; a name begins with accounts/fireworks/models/.</source>
        <translation>多家的开源模型；模型名以 accounts/fireworks/models/ 开头。</translation>
    </message>
    <message>
        <source>Through its address for OpenAI&apos;s protocol. A trial key is allowed few calls a minute.</source>
        <translation>使用它兼容 OpenAI 协议的地址。试用的 API Key 每分钟只允许少量请求。</translation>
    </message>
    <message>
        <source>The key needs credit of its own: a subscription to ChatGPT is not enough.</source>
        <translation>API Key 需要单独充值，仅订阅 ChatGPT 是不够的。</translation>
    </message>
    <message>
        <source>Through its address for OpenAI&apos;s protocol. A subscription to Claude is not enough; the key needs credit.</source>
        <translation>通过其兼容 OpenAI 的地址。仅订阅 Claude 不够，API Key 需要充值。</translation>
    </message>
    <message>
        <source>Through its address for OpenAI&apos;s protocol. Keys without payment are allowed few requests a day.</source>
        <translation>通过其兼容 OpenAI 的地址。未付费的 API Key 每天可用的请求很少。</translation>
    </message>
    <message>
        <source>Models of nearly all makers with one key; a name has its maker before it.</source>
        <translation>一个 API Key 可用几乎所有厂商的模型；模型名前带有厂商名。</translation>
    </message>
    <message>
        <source>Writes European languages well; a maker in France.</source>
        <translation>擅长欧洲语言；法国厂商。</translation>
    </message>
    <message>
        <source>Needs no key. Load a model first, for instance “ollama pull qwen3:8b”. It reads 4,096 tokens only, unless OLLAMA_CONTEXT_LENGTH says more: 16384 is good.</source>
        <translation>无需 API Key。请先下载模型，例如“ollama pull qwen3:8b”。默认只读 4,096 token，可用 OLLAMA_CONTEXT_LENGTH 调大，建议 16384。</translation>
    </message>
    <message>
        <source>Needs no key. Load a model and start the server on its page for developers, with a context of 16384 or more.</source>
        <translation>无需 API Key。请加载模型，并在其“开发者”页启动服务，上下文设为 16384 或更大。</translation>
    </message>
    <message>
        <source>Needs no key. Start “llama-server -m model.gguf -c 16384”; it serves the model it was started with.</source>
        <translation>无需 API Key。用“llama-server -m model.gguf -c 16384”启动；只提供启动时指定的模型。</translation>
    </message>
    <message>
        <source>Needs no key. It serves the model it was started with; set its context size.</source>
        <translation>无需 API Key。只提供启动时指定的模型；请设好它的上下文大小。</translation>
    </message>
    <message>
        <source>Needs no key, unless it was started with one. It answers several calls at once: set so below.</source>
        <translation>无需 API Key，除非启动时设置了。它能同时应答多个请求，可在下方设置。</translation>
    </message>
    <message>
        <source>Needs no key. Start it with --api, and load a model on its page.</source>
        <translation>无需 API Key。启动时加上 --api，并在它的页面上加载模型。</translation>
    </message>
    <message>
        <source>A proxy of your own or of somebody else: its address, and a token that was made on it. Which models there are is its matter; test the connection to list them.</source>
        <translation>自己或他人的中转服务：填它的地址和在其上生成的令牌。有哪些模型由它决定，测试连接即可列出。</translation>
    </message>
</context>
<context>
    <name>ProfileDraft</name>
    <message>
        <source>New model</source>
        <translation>新模型</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
</context>
<context>
    <name>ProfileForm</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> token</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>常用值</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>as others</source>
        <translation>与其他相同</translation>
    </message>
    <message>
        <source>What it can read and write at once. If not known, the server is asked; if it does not say, 8,192 is taken.</source>
        <translation>一次能读写的总量。未填写时会向服务器查询；服务器没有说明时按 8,192 计。</translation>
    </message>
    <message>
        <source>What it can read and write at once. Its server says: {told}.</source>
        <translation>一次能读写的总量。服务器给出的数值：{told}。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Cont&amp;ext</source>
        <translation>上下文(&amp;E)</translation>
    </message>
    <message>
        <source>Answers at on&amp;ce</source>
        <translation>并发数(&amp;C)</translation>
    </message>
    <message>
        <source>Usual is one on this computer and in your own network, elsewhere four.</source>
        <translation>常用值：本机和自己的网络内为一个，其他为四个。</translation>
    </message>
    <message>
        <source>Re&amp;quests a minute</source>
        <translation>每分钟请求数(&amp;Q)</translation>
    </message>
    <message>
        <source>Wa&amp;it for first words</source>
        <translation>等候首字(&amp;I)</translation>
    </message>
    <message>
        <source>Usual are ten minutes on this computer and in your own network, elsewhere one.</source>
        <translation>常用值：本机和自己的网络内为十分钟，其他为一分钟。</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>C&amp;urrency</source>
        <translation>货币(&amp;U)</translation>
    </message>
    <message>
        <source>In&amp;put price per million tokens</source>
        <translation>输入价格（每百万 token）(&amp;P)</translation>
    </message>
    <message>
        <source>Cac&amp;hed input price per million tokens</source>
        <translation>缓存命中价格（每百万 token）(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Output price per million tokens</source>
        <translation>输出价格（每百万 token）(&amp;O)</translation>
    </message>
    <message>
        <source>As they were published by {date}; enter others where yours differ.</source>
        <translation>为 {date} 时公布的价格；如与你的不同，请自行修改。</translation>
    </message>
</context>
<context>
    <name>ProfileList</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Something is still missing</source>
        <translation>还有内容未填写</translation>
    </message>
</context>
<context>
    <name>ProgressDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>ProjectTree</name>
    <message>
        <source>Volumes and chapters</source>
        <translation>卷与章</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open in the second pane</source>
        <translation>在第二栏打开</translation>
    </message>
    <message>
        <source>Generate chapter</source>
        <translation>生成本章</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>停止写作</translation>
    </message>
    <message>
        <source>Analyse chapter</source>
        <translation>分析本章</translation>
    </message>
    <message>
        <source>Add chapter</source>
        <translation>添加章节</translation>
    </message>
    <message>
        <source>Edit plan</source>
        <translation>编辑细纲</translation>
    </message>
    <message>
        <source>No chapter yet. Plan them at the stage Outline, or add one yourself.</source>
        <translation>还没有章节。可到“大纲”阶段规划，也可自己添加。</translation>
    </message>
    <message>
        <source>Find a chapter</source>
        <translation>查找章节</translation>
    </message>
    <message>
        <source>Progress of the novel</source>
        <translation>小说进度</translation>
    </message>
    <message>
        <source>Chapters written</source>
        <translation>已写章节</translation>
    </message>
    <message>
        <source>{written} of {all} chapters · {length}</source>
        <translation>已写 {written}/{all} 章 · {length}</translation>
    </message>
    <message>
        <source>My Status</source>
        <translation>我的状态</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>任何状态</translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation>按状态筛选</translation>
    </message>
    <message>
        <source>Only: {status}</source>
        <translation>只看：{status}</translation>
    </message>
</context>
<context>
    <name>PromptEditor</name>
    <message>
        <source>About {count} tokens before the placeholders are filled in.</source>
        <translation>填入内容之前约 {count} token。</translation>
    </message>
    <message>
        <source>Your &amp;text</source>
        <translation>你的文本(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Our text</source>
        <translation>原始文本(&amp;O)</translation>
    </message>
    <message>
        <source>What is &amp;sent</source>
        <translation>实际发送(&amp;S)</translation>
    </message>
    <message>
        <source>Your text of the prompt</source>
        <translation>你的提示词文本</translation>
    </message>
    <message>
        <source>Our text of the prompt</source>
        <translation>原始提示词文本</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Reset to ours</source>
        <translation>恢复原始文本(&amp;R)</translation>
    </message>
    <message>
        <source>Use our text again for this novel</source>
        <translation>本书重新使用原始文本</translation>
    </message>
    <message>
        <source>${name}: {meaning}</source>
        <translation>${name}：{meaning}</translation>
    </message>
    <message>
        <source>Placeholders</source>
        <translation>占位符</translation>
    </message>
</context>
<context>
    <name>PromptPreviewDialog</name>
    <message>
        <source>What is sent</source>
        <translation>发送内容</translation>
    </message>
</context>
<context>
    <name>PromptPreviewView</name>
    <message>
        <source>To {provider}: {tokens} tokens of {context} that the model can take.</source>
        <translation>发送至 {provider}：{tokens} token，模型可容纳 {context} 个。</translation>
    </message>
    <message>
        <source>About {tokens} tokens.</source>
        <translation>约 {tokens} token。</translation>
    </message>
    <message>
        <source>Instructions to the model</source>
        <translation>给模型的指令</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What the model said before</source>
        <translation>模型此前的回答</translation>
    </message>
</context>
<context>
    <name>PromptsDesk</name>
    <message>
        <source>Reset this prompt?</source>
        <translation>恢复这条提示词？</translation>
    </message>
    <message>
        <source>Your text of it is deleted, and ours is used again.</source>
        <translation>你的文本将被删除，重新使用原始文本。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Discard what you typed?</source>
        <translation>放弃刚才的修改？</translation>
    </message>
    <message>
        <source>Your changes to this prompt are not saved.</source>
        <translation>对这条提示词的修改尚未保存。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Continue editing</source>
        <translation>继续编辑</translation>
    </message>
</context>
<context>
    <name>PromptsDialog</name>
    <message>
        <source>Prompts of this novel</source>
        <translation>本书的提示词</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>This is what the model is asked with, in the language of the novel. What you change counts for this novel only, from the next question on.</source>
        <translation>这些是向模型提问时所用的文本，语言与本书一致。修改只对本书有效，从下一次提问起生效。</translation>
    </message>
    <message>
        <source>{prompt} (changed)</source>
        <translation>{prompt}（已修改）</translation>
    </message>
</context>
<context>
    <name>ProposalBar</name>
    <message>
        <source>Keep (Tab)</source>
        <translation>保留（Tab）</translation>
    </message>
    <message>
        <source>It is further up: show it (Tab)</source>
        <translation>在上方，点此查看（Tab）</translation>
    </message>
    <message>
        <source>It is further down: show it (Tab)</source>
        <translation>在下方，点此查看（Tab）</translation>
    </message>
    <message>
        <source>Discard (Esc)</source>
        <translation>放弃（Esc）</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>ProsePage</name>
    <message>
        <source>Text of the chapter</source>
        <translation>章节正文</translation>
    </message>
    <message>
        <source>The first words will appear here.</source>
        <translation>最初的文字将出现在这里。</translation>
    </message>
    <message>
        <source>Begin to write…</source>
        <translation>开始写作…</translation>
    </message>
</context>
<context>
    <name>ProviderPage</name>
    <message>
        <source>OpenAI-compati&amp;ble server</source>
        <translation>OpenAI 兼容服务(&amp;B)</translation>
    </message>
    <message>
        <source>A GGUF file of your own</source>
        <translation>你自己的 GGUF 文件</translation>
    </message>
    <message>
        <source>Optional: a GGUF file of your own</source>
        <translation>可选：你自己的 GGUF 文件</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for a GGUF file</source>
        <translation>选择 GGUF 文件</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>测试连接(&amp;T)</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message numerus="yes">
        <source>Connected: %n models.</source>
        <translation>
            <numerusform>已连接：%n 个模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>A mo&amp;del on this computer</source>
        <translation>本机上的模型(&amp;D)</translation>
    </message>
    <message>
        <source>Needs no account and no network. Without a file, the built-in one is a demonstration: it is very small and writes English only.</source>
        <translation>无需账号和网络。不选文件时使用内置的演示模型：它很小，只会写英文。</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>&amp;Test model</source>
        <translation>测试模型(&amp;T)</translation>
    </message>
    <message>
        <source>The model is ready.</source>
        <translation>模型已就绪。</translation>
    </message>
    <message>
        <source>Connected. The server does not tell what models it has.</source>
        <translation>已连接。服务器没有说明它有哪些模型。</translation>
    </message>
    <message>
        <source>The server does not list {model}, and may have asked another model in its place.</source>
        <translation>服务器的列表里没有 {model}，它可能换了别的模型来回答。</translation>
    </message>
    <message numerus="yes">
        <source>It writes about %n tokens a second.</source>
        <translation>
            <numerusform>每秒约写 %n 个 token。</numerusform>
        </translation>
    </message>
    <message>
        <source>It writes less than a token a second.</source>
        <translation>每秒写不到一个 token。</translation>
    </message>
    <message>
        <source>Its context is {tokens} tokens.</source>
        <translation>上下文为 {tokens} 个 token。</translation>
    </message>
    <message numerus="yes">
        <source>It computes %n answers at once.</source>
        <translation>
            <numerusform>它同时计算 %n 个回答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It uses %n threads of this computer.</source>
        <translation>
            <numerusform>它使用本机的 %n 个线程。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Publishing</name>
    <message>
        <source>Qidian (起点)</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Fanqie (番茄)</source>
        <translation>番茄</translation>
    </message>
    <message>
        <source>Jinjiang (晋江)</source>
        <translation>晋江</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Published {day}</source>
        <translation>已发布 {day}</translation>
    </message>
    <message>
        <source>Published {day}, changed since ({change})</source>
        <translation>已发布 {day}，此后有改动（{change}）</translation>
    </message>
    <message>
        <source>{words} as word processors count · {marks} with punctuation · {letters} without</source>
        <translation>按文字处理软件计 {words} 字 · 含标点 {marks} · 不含标点 {letters}</translation>
    </message>
</context>
<context>
    <name>PublishingDesk</name>
    <message>
        <source>This chapter has no text yet.</source>
        <translation>本章还没有正文。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>PublishingDialog</name>
    <message>
        <source>Copy for publishing</source>
        <translation>复制发布稿</translation>
    </message>
    <message>
        <source>Not marked as published</source>
        <translation>未标记为已发布</translation>
    </message>
    <message>
        <source>With the &amp;title</source>
        <translation>含章名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Indent by two characters</source>
        <translation>段首空两格(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Blank line between paragraphs</source>
        <translation>段间空行(&amp;B)</translation>
    </message>
    <message>
        <source>The text that is copied</source>
        <translation>将要复制的正文</translation>
    </message>
    <message>
        <source>Words to watch</source>
        <translation>需留意的词</translation>
    </message>
    <message>
        <source>One word in each line</source>
        <translation>每行一个词</translation>
    </message>
    <message>
        <source>&amp;Add the example list</source>
        <translation>添加示例词表(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Mark as published</source>
        <translation>标记为已发布(&amp;M)</translation>
    </message>
    <message>
        <source>As it is now; later changes are pointed out</source>
        <translation>以现在的文字为准；此后有改动会提示</translation>
    </message>
    <message>
        <source>Take the mark &amp;off</source>
        <translation>取消标记(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Platform</source>
        <translation>平台(&amp;P)</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>正文(&amp;X)</translation>
    </message>
    <message>
        <source>These words are marked in the text and never changed. One in each line.</source>
        <translation>这些词会在正文中标出，绝不改动。每行一个词。</translation>
    </message>
    <message>
        <source>&amp;Words to watch</source>
        <translation>需留意的词(&amp;W)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>To watch: {words}</source>
        <translation>留意：{words}</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找位置(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>QueueBanner</name>
    <message>
        <source>Try again now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>The queue waits. {reason}</source>
        <translation>队列正在等待。{reason}</translation>
    </message>
    <message>
        <source>Details: {words}</source>
        <translation>详情：{words}</translation>
    </message>
    <message>
        <source>Trying again now…</source>
        <translation>正在重试…</translation>
    </message>
    <message>
        <source>It tries again by itself at {time}.</source>
        <translation>将于 {time} 自动重试。</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source> seconds</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Analyses at &amp;once</source>
        <translation>同时分析数(&amp;O)</translation>
    </message>
    <message>
        <source>More are faster, if the model can serve them; a local one often cannot.</source>
        <translation>若模型能承受，越多越快；本地模型往往不能。</translation>
    </message>
    <message>
        <source>&amp;Time-out of an analysis</source>
        <translation>单次分析的时限(&amp;T)</translation>
    </message>
    <message>
        <source>When it is over, what was finished is kept and the rest is tried again. A model on this computer or in your own network has ten times as long.</source>
        <translation>到时后，已完成的部分会保留，其余的再试一次。本机或你自己网络里的模型，时限是它的十倍。</translation>
    </message>
    <message>
        <source>&amp;Look for work every</source>
        <translation>检查间隔(&amp;L)</translation>
    </message>
    <message>
        <source>New chapters start at once; this is for work queued from elsewhere.</source>
        <translation>新章节会立即开始；此项针对其他程序加入的任务。</translation>
    </message>
</context>
<context>
    <name>RangeFields</name>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>&amp;Chapters</source>
        <translation>章节(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Wishes</source>
        <translation>要求(&amp;W)</translation>
    </message>
    <message>
        <source>What the model should mind; may stay empty</source>
        <translation>希望模型注意什么；可以留空</translation>
    </message>
    <message>
        <source>First chapter</source>
        <translation>起始章</translation>
    </message>
    <message>
        <source>Last chapter</source>
        <translation>结束章</translation>
    </message>
</context>
<context>
    <name>RawAnswer</name>
    <message>
        <source>What the model sent</source>
        <translation>模型发来的原文</translation>
    </message>
</context>
<context>
    <name>RegenerateCandidatesDialog</name>
    <message>
        <source>New versions</source>
        <translation>重新生成候选稿</translation>
    </message>
    <message>
        <source>What should the new candidates be like? The present ones stay.</source>
        <translation>新的候选稿要写成什么样？现有的都保留。</translation>
    </message>
    <message>
        <source>One more candidate</source>
        <translation>再写一稿</translation>
    </message>
    <message>
        <source>What should the new candidate be like? Those that there are stay.</source>
        <translation>新的一稿要写成什么样？已有的都保留。</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>For example: shorter, more dialogue, end at the door</source>
        <translation>例如：短一些，多些对白，结束在门口</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
</context>
<context>
    <name>RegeneratePlansDialog</name>
    <message>
        <source>Plan chapters again</source>
        <translation>重新规划章节</translation>
    </message>
    <message>
        <source>Plan again</source>
        <translation>重新规划</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>Checked: which chapters have text, and the open foreshadowing and contradictions of the codex. Nobody has read the texts for it. The new plans are shown beside the old ones, with the names that would be lost, before anything is replaced.</source>
        <translation>检查了哪些章节有正文，以及设定集中未回收的伏笔和未解决的矛盾；没有通读正文。替换之前，会把新旧细纲并排显示，并指出将会丢失的人名、地名。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Planned again: {numbers} ({chapters}).</source>
        <translation>重新规划：第 {numbers} 章（共 {chapters}）。</translation>
    </message>
    <message>
        <source>All of these chapters have text: nothing would be planned.</source>
        <translation>这些章节都已有正文，没有可规划的。</translation>
    </message>
    <message>
        <source>Left alone, since they have text: {numbers}.</source>
        <translation>已有正文，保持不变：第 {numbers} 章。</translation>
    </message>
    <message>
        <source>The new plans could contradict what is written in {numbers}.</source>
        <translation>新的细纲可能与已写成的第 {numbers} 章相矛盾。</translation>
    </message>
    <message>
        <source>Written later, and so perhaps relying on the old plans: {numbers}.</source>
        <translation>后文已写成、可能依赖旧细纲的章节：第 {numbers} 章。</translation>
    </message>
    <message>
        <source>Open foreshadowing planted or due here: {names}.</source>
        <translation>在此埋下或应在此回收的伏笔：{names}。</translation>
    </message>
    <message>
        <source>Open contradictions here or later: {names}.</source>
        <translation>此处或之后尚未解决的矛盾：{names}。</translation>
    </message>
</context>
<context>
    <name>ReleaseDialog</name>
    <message>
        <source>What is new in {version}</source>
        <translation>{version} 的新增内容</translation>
    </message>
    <message>
        <source>Open the Download Page</source>
        <translation>打开下载页面</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Version {version}, of {date}</source>
        <translation>版本 {version}，发布于 {date}</translation>
    </message>
    <message>
        <source>Arboris downloads and installs nothing by itself. The page is:</source>
        <translation>Arboris 不会自动下载或安装任何内容。下载页面：</translation>
    </message>
</context>
<context>
    <name>RescueDialog</name>
    <message>
        <source>Text Put Aside</source>
        <translation>另存的文本</translation>
    </message>
    <message>
        <source>When Arboris was last open, your changes to “{chapter}” of “{novel}” could not be saved, so they were put aside ({time}).</source>
        <translation>上次打开 Arboris 时，对《{novel}》“{chapter}”的修改未能保存，已另行存放（{time}）。</translation>
    </message>
    <message>
        <source>The text that was put aside</source>
        <translation>另存的文本</translation>
    </message>
    <message>
        <source>When Arboris was last open, what the model wrote for “{chapter}” of “{novel}” could not be stored, so it was put aside ({time}).</source>
        <translation>上次打开 Arboris 时，模型为《{novel}》“{chapter}”所写的内容无法存入，因此另行存放（{time}）。</translation>
    </message>
    <message>
        <source>Put back, it becomes the newest version; the present one stays.</source>
        <translation>放回后成为最新版本，现有版本仍会保留。</translation>
    </message>
    <message>
        <source>Put back, it is a candidate of the chapter again.</source>
        <translation>放回后，它重新成为本章的候选稿。</translation>
    </message>
    <message>
        <source>Put back, it is the chapter&apos;s draft; the present text stays.</source>
        <translation>放回后，它成为本章的草稿；现有文本保留不变。</translation>
    </message>
    <message>
        <source>&amp;Put Back</source>
        <translation>放回章节(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save a Copy…</source>
        <translation>保存副本(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>放弃(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>以后再说(&amp;L)</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Novels</source>
        <translation>小说</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>完好</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Restore a Backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>The backup takes the place of all present novels. What is there now is kept as a backup first, and the window opens again.</source>
        <translation>备份将取代现有的全部小说。现有内容会先保存为一个备份，然后窗口重新打开。</translation>
    </message>
    <message>
        <source>There is no backup yet. One is made each day on which something changed, and when you choose Back Up Now.</source>
        <translation>还没有备份。每天有改动时会做一份，选择“立即备份”时也会做一份。</translation>
    </message>
    <message>
        <source>Backups are kept in {folder}.</source>
        <translation>备份保存在 {folder}。</translation>
    </message>
</context>
<context>
    <name>ReviewList</name>
    <message>
        <source>Waiting for you</source>
        <translation>等待你处理</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Found in your chapters and proved by them. They count when you accept them.</source>
        <translation>来自你的章节并有原文为证，采纳后生效。</translation>
    </message>
    <message>
        <source>The text has changed</source>
        <translation>原文已改</translation>
    </message>
    <message>
        <source>The words that prove these are no longer in the chapter.</source>
        <translation>作为依据的原文已不在章节中。</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>The words are in the chapter, but the model was not sure what they mean.</source>
        <translation>原文确在章节中，但模型没有把握理解正确。</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>The words are in the chapter, but prove too little: a name, or words that any page has.</source>
        <translation>这些文字在章节里，但证明不了什么：只是一个名字，或随处可见的词句。</translation>
    </message>
    <message>
        <source>Quotation not found</source>
        <translation>未找到原文</translation>
    </message>
    <message>
        <source>The words that the model quotes are not in the chapter.</source>
        <translation>模型引用的文字不在章节中。</translation>
    </message>
    <message numerus="yes">
        <source>Contradictions (%n)</source>
        <translation>
            <numerusform>前后矛盾（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>{title} ({count})</source>
        <translation>{title}（{count}）</translation>
    </message>
    <message>
        <source>Accept all proposed</source>
        <translation>全部采纳</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>再显示 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>审稿</translation>
    </message>
    <message>
        <source>This chapter</source>
        <translation>本章</translation>
    </message>
    <message>
        <source>The whole book</source>
        <translation>全书</translation>
    </message>
</context>
<context>
    <name>RevisionBar</name>
    <message>
        <source>Revised passage</source>
        <translation>改过的段落</translation>
    </message>
    <message>
        <source>Apply the changes that are ticked in the panel</source>
        <translation>把面板里勾选的改动写进本章</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>Leave the passage as it is</source>
        <translation>保持这一段原样</translation>
    </message>
</context>
<context>
    <name>RevisionDesk</name>
    <message>
        <source>The passage is no longer there.</source>
        <translation>这段文字已经不在原处了。</translation>
    </message>
    <message>
        <source>It was changed after it was selected, or occurs more than once. The chapter is as you left it, and the proposal is kept. Select the passage again, or copy what you want from the proposal.</source>
        <translation>选定之后它被改动过，或者在多处出现。章节保持原样，建议也保留着。请重新选中段落，或从建议中复制需要的文字。</translation>
    </message>
</context>
<context>
    <name>RevisionMenu</name>
    <message>
        <source>&amp;Revise Passage</source>
        <translation>修改段落(&amp;R)</translation>
    </message>
    <message>
        <source>In Your &amp;Own Words…</source>
        <translation>用你自己的话说(&amp;O)…</translation>
    </message>
</context>
<context>
    <name>RevisionPanel</name>
    <message>
        <source>Select a passage of the chapter: a bar beside it shows what you can ask.</source>
        <translation>在本章里选中一段：旁边的工具条上有可以请模型做的事。</translation>
    </message>
    <message>
        <source>What is wanted of the passage</source>
        <translation>对段落的要求</translation>
    </message>
    <message>
        <source>In your own words, if you like</source>
        <translation>也可以用自己的话说明</translation>
    </message>
    <message>
        <source>Your instruction</source>
        <translation>你的要求</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>给出建议</translation>
    </message>
    <message>
        <source>Proposal as it arrives</source>
        <translation>正在到来的建议</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Apply the ticked changes to the chapter</source>
        <translation>把勾选的改动写入章节</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Leave the passage as it is</source>
        <translation>保持这一段原样</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Tick none</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>{excerpt} ({length})</source>
        <translation>{excerpt}（{length}）</translation>
    </message>
</context>
<context>
    <name>RoutingTable</name>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>First choice</source>
        <translation>首选</translation>
    </message>
    <message>
        <source>Stand-in</source>
        <translation>备选</translation>
    </message>
    <message>
        <source>If a model fails before its first word, the next one is asked. Text already written is never written again.</source>
        <translation>模型在写出第一个字之前出现故障时，会改问下一个模型；已经写出的内容绝不会重写。</translation>
    </message>
    <message>
        <source>{task}: choice {number}</source>
        <translation>{task}：第 {number} 顺位</translation>
    </message>
    <message>
        <source>no stand-in</source>
        <translation>不设备选</translation>
    </message>
    <message>
        <source>the first model</source>
        <translation>第一个模型</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Continue at the first missing chapter</source>
        <translation>从第一个缺少的章节继续</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>See the old and the new plans, and choose</source>
        <translation>查看新旧细纲并选择</translation>
    </message>
    <message>
        <source>Chapters planned</source>
        <translation>已规划的章节</translation>
    </message>
    <message>
        <source>Chapters {range} planned again</source>
        <translation>重新规划第 {range} 章</translation>
    </message>
    <message>
        <source>Chapters {range} planned by the model</source>
        <translation>由模型规划第 {range} 章</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done}/{all}</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>尚未完成</translation>
    </message>
    <message>
        <source>waiting for your decision</source>
        <translation>等待你的决定</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SampleList</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Style samples</source>
        <translation>文风样本</translation>
    </message>
    <message>
        <source>Text of the style sample</source>
        <translation>文风样本的文字</translation>
    </message>
    <message>
        <source>Paste a passage that sounds the way the book should.</source>
        <translation>粘贴一段文风符合本书的文字。</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>SaveDesk</name>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>纯文本 (*.txt)</translation>
    </message>
    <message>
        <source>A copy is in {path}.</source>
        <translation>副本已保存到 {path}。</translation>
    </message>
    <message>
        <source>The chapter no longer exists. A copy of the text can still be saved.</source>
        <translation>该章节已不存在。仍可保存一份文本副本。</translation>
    </message>
</context>
<context>
    <name>SecondPane</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>细纲</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>整卷</translation>
    </message>
    <message>
        <source>Shown in the second pane: {kind}</source>
        <translation>第二栏显示：{kind}</translation>
    </message>
    <message>
        <source>Second pane</source>
        <translation>第二栏</translation>
    </message>
    <message>
        <source>Plan in the second pane</source>
        <translation>第二栏中的细纲</translation>
    </message>
    <message>
        <source>Who does what, and how it ends.</source>
        <translation>谁做了什么，结果如何。</translation>
    </message>
    <message>
        <source>Text, plan, volume or a version</source>
        <translation>正文、细纲、整卷或某个版本</translation>
    </message>
    <message>
        <source>The chapter before</source>
        <translation>上一章</translation>
    </message>
    <message>
        <source>The chapter after</source>
        <translation>下一章</translation>
    </message>
    <message>
        <source>Close the second pane</source>
        <translation>关闭第二栏</translation>
    </message>
</context>
<context>
    <name>SecondPaneDesk</name>
    <message>
        <source>A model is writing this chapter.</source>
        <translation>模型正在写这一章。</translation>
    </message>
    <message>
        <source>An unfinished draft: open the chapter to decide on it.</source>
        <translation>未完成的草稿：打开这一章再决定怎么处理。</translation>
    </message>
    <message>
        <source>Could not save: {reason}</source>
        <translation>无法保存：{reason}</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>What to do with the selection</source>
        <translation>可以请模型对选中文字做什么</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>描写</translation>
    </message>
    <message>
        <source>More to do with the selection</source>
        <translation>还可以请模型做什么</translation>
    </message>
    <message>
        <source>In your own words…</source>
        <translation>用你自己的话说…</translation>
    </message>
    <message>
        <source>Your instruction</source>
        <translation>你的要求</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>The address contains a user name or a password, which would be stored and shown. Remove everything before the @, and enter the password as the key.</source>
        <translation>地址中含有用户名或密码，它们会被保存并显示。请删去 @ 之前的内容，并把密码填在“API Key”中。</translation>
    </message>
    <message>
        <source>Enter the server&apos;s address, such as https://api.example.com/v1.</source>
        <translation>请输入服务地址，例如 https://api.example.com/v1。</translation>
    </message>
    <message>
        <source>The key contains characters that no key can have: {characters}. Copy it again.</source>
        <translation>API Key 中含有不可能出现的字符：{characters}。请重新复制。</translation>
    </message>
    <message>
        <source>Enter the key that this service asks for.</source>
        <translation>请填写该服务需要的 API Key。</translation>
    </message>
    <message>
        <source>Enter a model, or test the connection to choose from a list.</source>
        <translation>请输入模型名，或测试连接后从列表中选择。</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>&amp;Get a key…</source>
        <translation>获取 API Key(&amp;G)…</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Without https, your text and the key can be read by others on the way to this server.</source>
        <translation>没有 https，途中的其他人可以读到你的文字和 API Key。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>API Key</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示 API Key</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Forget the kept key</source>
        <translation>删除已保存的 API Key</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>服务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>API Key(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>A key is kept; type to replace it</source>
        <translation>已保存 API Key；输入可替换</translation>
    </message>
    <message>
        <source>The key that this service asks for</source>
        <translation>该服务需要 API Key</translation>
    </message>
    <message>
        <source>Empty, if the server asks for none</source>
        <translation>服务不需要时留空</translation>
    </message>
    <message>
        <source>The key kept so far will be removed: it is not for this server.</source>
        <translation>原先保存的 API Key 将被移除：它不属于这个服务。</translation>
    </message>
    <message>
        <source>The kept key will be removed.</source>
        <translation>已保存的 API Key 将被移除。</translation>
    </message>
    <message>
        <source>It is kept in the system&apos;s keyring, and sent to this server only.</source>
        <translation>API Key 保存在系统密钥环中，只发送给这个服务。</translation>
    </message>
</context>
<context>
    <name>SettingsDesk</name>
    <message>
        <source>No Keyring</source>
        <translation>没有系统密钥环</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used, so the key cannot be stored safely. Arboris can keep it in memory until you quit.</source>
        <translation>本机没有可用的系统密钥环，无法安全地保存 API Key。Arboris 可以把它留在内存中，直到你退出。</translation>
    </message>
    <message>
        <source>Keep Until I Quit</source>
        <translation>保留到退出</translation>
    </message>
    <message>
        <source>Do Not Keep</source>
        <translation>不保留</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Codex</source>
        <translation>设定集</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SeveralNovels</name>
    <message numerus="yes">
        <source>%n novel(s)</source>
        <translation>
            <numerusform>%n 部小说</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept with the novels, though nothing here reads it: {names}</source>
        <translation>以下内容在这里用不到，已随小说保留：{names}</translation>
    </message>
    <message>
        <source>The file beside it with the newest changes (-wal) cannot be read: the latest changes may be missing. Close the web application, copy all its files, and import again.</source>
        <translation>旁边存有最新改动的文件（-wal）无法读取：最后写下的内容可能缺失。请关闭网页应用，复制它的全部文件，再重新导入。</translation>
    </message>
    <message numerus="yes">
        <source>%n novel(s) had missing or double numbers: their chapters are renumbered.</source>
        <translation>
            <numerusform>%n 部小说的章号有缺漏或重复：章节已重新编号。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) had versions but none chosen: the newest is shown, the others are kept.</source>
        <translation>
            <numerusform>%n 章有多个版本而未选定：显示最新版本，其余保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n novel(s) had more that has no place here than can be kept with them.</source>
        <translation>
            <numerusform>%n 部小说另有过多这里用不到的内容，未能保留。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShelfPanel</name>
    <message>
        <source>Models for this computer</source>
        <translation>适合本机的模型</translation>
    </message>
    <message>
        <source>Downloaded from</source>
        <translation>下载来源</translation>
    </message>
    <message>
        <source>Download progress</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <source>Do&amp;wnload</source>
        <translation>下载(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Use for &amp;writing</source>
        <translation>用它写作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Open models that run here, as of {date}. The larger, the better, and the slower.</source>
        <translation>可在本机运行的开源模型（{date}）。越大写得越好，也越慢。</translation>
    </message>
    <message>
        <source>{model} (recommended here)</source>
        <translation>{model}（本机推荐）</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>{languages} · {size} GB to download · {memory} GB of memory · {licence}</source>
        <translation>{languages} · 需下载 {size} GB · 占用内存 {memory} GB · {licence}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>继续下载(&amp;E)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Codex</source>
        <translation>设定集</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Revise</source>
        <translation>润色修改</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>后台任务</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>关闭此面板</translation>
    </message>
</context>
<context>
    <name>SnapshotDesk</name>
    <message>
        <source>Take a Snapshot</source>
        <translation>保存快照</translation>
    </message>
    <message>
        <source>Its name, by which you will find it:</source>
        <translation>快照名称：</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>The chapter has changed since it was compared: look at it again.</source>
        <translation>比较之后本章又有改动：请再看一遍。</translation>
    </message>
</context>
<context>
    <name>SnapshotPanel</name>
    <message numerus="yes">
        <source>Restore %n passage(s)</source>
        <translation>
            <numerusform>恢复 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore All</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Take a &amp;Snapshot…</source>
        <translation>保存快照(&amp;S)…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Earlier texts of the chapter</source>
        <translation>本章的历史文本</translation>
    </message>
    <message>
        <source>The text as it was</source>
        <translation>当时的正文</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>当时</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>逐处</translation>
    </message>
    <message>
        <source>Choose a text to see how it differs from the chapter.</source>
        <translation>选一个文本，看它与本章现在有何不同。</translation>
    </message>
    <message>
        <source>Your text is kept here as it was: when you write on after a pause, before a model changes it, and whenever you take a snapshot.</source>
        <translation>这里保存你的正文原样：停顿后继续写作时、模型改动之前，以及你保存快照时。</translation>
    </message>
</context>
<context>
    <name>SnapshotWords</name>
    <message>
        <source>“{name}”</source>
        <translation>“{name}”</translation>
    </message>
    <message>
        <source>While you wrote</source>
        <translation>写作途中</translation>
    </message>
    <message>
        <source>Before the model changed it</source>
        <translation>模型改动之前</translation>
    </message>
    <message>
        <source>Before an older text was restored</source>
        <translation>恢复旧稿之前</translation>
    </message>
    <message>
        <source>Draft by {model}</source>
        <translation>{model} 初稿</translation>
    </message>
    <message>
        <source>a model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Your version</source>
        <translation>你的版本</translation>
    </message>
    <message>
        <source>As it was imported</source>
        <translation>导入时的原文</translation>
    </message>
    <message>
        <source>As in the sample</source>
        <translation>示例原文</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>今天 {time}</translation>
    </message>
</context>
<context>
    <name>SpellingDesk</name>
    <message>
        <source>The dictionary {name} cannot be read: words are not checked.</source>
        <translation>无法读取词典 {name}，不再检查拼写。</translation>
    </message>
    <message>
        <source>The Novel’s Own Words</source>
        <translation>本书词汇</translation>
    </message>
    <message>
        <source>Words that are right in this novel, one per line. Names in the codex are right already.</source>
        <translation>在本书中算正确的词，每行一个。设定集里的名字已经算正确。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A Folder of Dictionaries</source>
        <translation>词典文件夹</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>The spelling is being checked…</source>
        <translation>正在检查拼写…</translation>
    </message>
    <message>
        <source>Looking for suggestions…</source>
        <translation>正在查找建议…</translation>
    </message>
    <message>
        <source>Add to the Novel’s Words</source>
        <translation>加入本书词汇</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>Do not check this novel</source>
        <translation>不检查本书</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the novel’s language has it: {dictionary}</source>
        <translation>按小说语言：{dictionary}</translation>
    </message>
    <message>
        <source>Spellin&amp;g</source>
        <translation>拼写(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Check Spelling While Typing</source>
        <translation>输入时检查拼写(&amp;C)</translation>
    </message>
    <message>
        <source>The Novel’s Own &amp;Words…</source>
        <translation>本书词汇(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Add a Folder of Dictionaries…</source>
        <translation>添加词典文件夹(&amp;A)…</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Split {chapter}</source>
        <translation>拆分{chapter}</translation>
    </message>
    <message>
        <source>Wishes for the model; may stay empty</source>
        <translation>对模型的要求；可以留空</translation>
    </message>
    <message>
        <source>Wishes for the model</source>
        <translation>对模型的要求</translation>
    </message>
    <message>
        <source>Let the model divide it</source>
        <translation>让模型拆分</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>Split in two</source>
        <translation>拆成两章</translation>
    </message>
    <message>
        <source>First chapter</source>
        <translation>前一章</translation>
    </message>
    <message>
        <source>Second chapter</source>
        <translation>后一章</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>章名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;What happens</source>
        <translation>情节(&amp;W)</translation>
    </message>
    <message>
        <source>T&amp;itle</source>
        <translation>章名(&amp;I)</translation>
    </message>
    <message>
        <source>W&amp;hat happens</source>
        <translation>情节(&amp;H)</translation>
    </message>
</context>
<context>
    <name>StartFailure</name>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Restore the Backup</source>
        <translation>恢复此备份</translation>
    </message>
    <message>
        <source>Make room on the disk, then start again.</source>
        <translation>请在磁盘上腾出空间，然后重新启动。</translation>
    </message>
    <message>
        <source>Check that the disk or network drive is connected and works, then start again.</source>
        <translation>请检查磁盘或网络驱动器已连接并能正常工作，然后重新启动。</translation>
    </message>
    <message>
        <source>Some disks hold no file over 4 GB, and some accounts have a limit (ulimit -f). Raise it, or use another disk, then start again.</source>
        <translation>有些磁盘不支持超过 4 GB 的文件，有些账户设有上限（ulimit -f）。请提高上限或换用其他磁盘，然后重新启动。</translation>
    </message>
    <message>
        <source>No good backup was found.</source>
        <translation>没有找到完好的备份。</translation>
    </message>
    <message>
        <source>The newest good backup is of {time}: {novels} novels, {chapters} chapters, {words} words. The damaged file is kept beside it.</source>
        <translation>最新的完好备份生成于 {time}：{novels} 部小说，{chapters} 个章节，{words} 字。损坏的文件会保留在旁边。</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>There is no novel here yet. Begin a new one, or open a sample: it has a first chapter and a plan for the next, so that you can let one be written at once.</source>
        <translation>这里还没有小说。新建一部，或打开示例：示例有第一章和下一章的细纲，可以马上让模型写一章。</translation>
    </message>
    <message>
        <source>Your novels</source>
        <translation>你的小说</translation>
    </message>
    <message>
        <source>Continue writing: {chapter}</source>
        <translation>继续写作：{chapter}</translation>
    </message>
    <message>
        <source>Arboris Desktop</source>
        <translation>Arboris Desktop</translation>
    </message>
    <message>
        <source>Write a long novel with a language model. Your books are on your own server; only what you ask is sent to your model.</source>
        <translation>与语言模型一起写长篇小说。作品存放在你自己的服务器上；只有你提出的请求会发给模型。</translation>
    </message>
    <message>
        <source>Write a long novel with a language model. Your books stay on this computer; only what you ask is sent to your model.</source>
        <translation>与语言模型一起写长篇小说。作品只存在本机；只有你提出的请求会发给模型。</translation>
    </message>
    <message>
        <source>New novel</source>
        <translation>新建小说</translation>
    </message>
    <message>
        <source>Plan a new novel</source>
        <translation>构思一部新小说</translation>
    </message>
    <message>
        <source>Open the English sample</source>
        <translation>打开英文示例</translation>
    </message>
    <message>
        <source>A short novel to try things on</source>
        <translation>用来试用的短篇小说</translation>
    </message>
    <message>
        <source>Open the Chinese sample</source>
        <translation>打开中文示例</translation>
    </message>
    <message>
        <source>A short novel in Chinese</source>
        <translation>中文短篇小说</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Import a novel from a file</source>
        <translation>从文件导入小说</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message>
        <source>Writing Statistics</source>
        <translation>写作统计</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本次</translation>
    </message>
    <message>
        <source>Days in a row</source>
        <translation>连续写作</translation>
    </message>
    <message>
        <source>By a model today</source>
        <translation>今日模型写作</translation>
    </message>
    <message>
        <source>This chapter</source>
        <translation>本章</translation>
    </message>
    <message>
        <source>The book</source>
        <translation>全书</translation>
    </message>
    <message>
        <source>Words of a &amp;chapter</source>
        <translation>每章目标字数(&amp;C)</translation>
    </message>
    <message>
        <source>Words of a &amp;day</source>
        <translation>每日目标字数(&amp;D)</translation>
    </message>
    <message>
        <source>Words of the &amp;book</source>
        <translation>全书目标字数(&amp;B)</translation>
    </message>
    <message>
        <source>no target</source>
        <translation>不设目标</translation>
    </message>
    <message numerus="yes">
        <source>The last %n days</source>
        <translation>
            <numerusform>最近 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Words of each day</source>
        <translation>每日字数</translation>
    </message>
    <message>
        <source>Green: your own words, less what you deleted. Grey: what a model wrote. A day ends at midnight where you are.</source>
        <translation>绿色：你亲笔写的字数，已减去删除的字数。灰色：模型写的字数。一天以你当地的午夜为界。</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>no chapter is open</source>
        <translation>没有打开章节</translation>
    </message>
    <message>
        <source>{length}, {letters} without marks</source>
        <translation>{length}，不计标点 {letters}</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Raise the limit…</source>
        <translation>提高上限…</translation>
    </message>
</context>
<context>
    <name>StudioStatusBar</name>
    <message>
        <source>No model chosen</source>
        <translation>未选择模型</translation>
    </message>
    <message>
        <source>{model}: choose another in Settings</source>
        <translation>{model}：可在设置中更换</translation>
    </message>
    <message>
        <source>Chapter: {length}</source>
        <translation>本章：{length}</translation>
    </message>
    <message>
        <source>Novel: {length}</source>
        <translation>全书：{length}</translation>
    </message>
    <message>
        <source>Today: {length}</source>
        <translation>今日：{length}</translation>
    </message>
    <message>
        <source>Your own words today; a click shows the statistics</source>
        <translation>今日亲笔字数；点击查看写作统计</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln 个运行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue is empty</source>
        <translation>队列为空</translation>
    </message>
    <message>
        <source>Show the background work</source>
        <translation>显示后台任务</translation>
    </message>
    <message>
        <source>Queue: {state}</source>
        <translation>队列：{state}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unread notifications</source>
        <translation>
            <numerusform>%Ln 条未读通知</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskActions</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Queue the failed or cancelled task again (Ctrl+R)</source>
        <translation>让失败或已取消的任务重新排队（Ctrl+R）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take the task out of the queue (Delete)</source>
        <translation>将任务移出队列（Delete）</translation>
    </message>
    <message>
        <source>Open chapter</source>
        <translation>打开本章</translation>
    </message>
    <message>
        <source>Show the chapter in the editor (Enter)</source>
        <translation>在编辑器中显示章节（Enter）</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
</context>
<context>
    <name>TaskDetails</name>
    <message>
        <source>Details of the task</source>
        <translation>任务详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Choose a task to see what happened to it.</source>
        <translation>选择一个任务查看详情。</translation>
    </message>
    <message>
        <source>Priority {priority}</source>
        <translation>优先级 {priority}</translation>
    </message>
    <message>
        <source>Attempt {number} of {all}</source>
        <translation>第 {number} 次尝试，共 {all} 次</translation>
    </message>
    <message numerus="yes">
        <source>{count} tokens</source>
        <translation>
            <numerusform>{count} token</numerusform>
        </translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>What is safe</source>
        <translation>哪些不受影响</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>该怎么办</translation>
    </message>
    <message>
        <source>Technical detail</source>
        <translation>技术细节</translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation>失败记录</translation>
    </message>
    <message>
        <source>Attempt {number}</source>
        <translation>第 {number} 次</translation>
    </message>
</context>
<context>
    <name>TaskListModel</name>
    <message>
        <source>unread</source>
        <translation>未读</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Background work</source>
        <translation>后台任务</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>全部标为已读</translation>
    </message>
    <message>
        <source>No analyses yet. When a chapter is written, its analysis appears here and works in the background while you go on.</source>
        <translation>暂无分析。章节写完后，分析会出现在这里并在后台进行，你可以继续写作。</translation>
    </message>
    <message>
        <source>Analyse chapters…</source>
        <translation>分析章节…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unread</source>
        <translation>
            <numerusform>%Ln 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume queue</source>
        <translation>恢复队列</translation>
    </message>
    <message>
        <source>Start waiting tasks again</source>
        <translation>继续处理等待的任务</translation>
    </message>
    <message>
        <source>Pause queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Finish what runs, but start nothing new</source>
        <translation>完成正在运行的任务，但不再开始新任务</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Novel</source>
        <translation>小说</translation>
    </message>
</context>
<context>
    <name>TopicCard</name>
    <message>
        <source>The idea</source>
        <translation>最初的灵感</translation>
    </message>
    <message>
        <source>The idea behind it all</source>
        <translation>一切由此开始</translation>
    </message>
    <message>
        <source>Ask about it after all</source>
        <translation>还是问一问</translation>
    </message>
    <message>
        <source>Leave it open</source>
        <translation>有意留白</translation>
    </message>
    <message>
        <source>Clear it: the topic is open again</source>
        <translation>清除：恢复为尚未确定</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Arboris</source>
        <translation>Arboris</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln 个运行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Arboris</source>
        <translation>打开 Arboris</translation>
    </message>
    <message numerus="yes">
        <source>Unread notifications (%Ln)</source>
        <translation>
            <numerusform>未读通知（%Ln）</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume the queue</source>
        <translation>恢复队列</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TurnCard</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>TwoPanes</name>
    <message>
        <source>Show the text</source>
        <translation>显示正文</translation>
    </message>
    <message>
        <source>Show the second pane</source>
        <translation>显示第二栏</translation>
    </message>
</context>
<context>
    <name>TypingPage</name>
    <message>
        <source>While you type, and never in what you paste. Backspace right after a change brings back what you typed.</source>
        <translation>只在输入时起作用，从不改动粘贴的内容。改动之后立刻按退格键，就恢复成你输入的样子。</translation>
    </message>
    <message>
        <source>&amp;Quotation marks: “ ” and ‘ ’ for straight ones</source>
        <translation>引号：直引号改为“ ”和‘ ’(&amp;Q)</translation>
    </message>
    <message>
        <source>「 」 and 『 』 in Chinese &amp;novels</source>
        <translation>中文小说用「 」和『 』(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Dashes: — for two hyphens, —— in Chinese</source>
        <translation>破折号：两个连字符改为 —，中文改为 ——(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Ellipsis: … for three dots, …… in Chinese</source>
        <translation>省略号：三个点改为 …，中文改为 ……(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Full-width punctuation after Chinese characters: ， for ,</source>
        <translation>汉字之后用全角标点：, 改为 ，(&amp;F)</translation>
    </message>
    <message>
        <source>A &amp;bar above what is selected: Rewrite, Expand, Condense…</source>
        <translation>选中文字时在上方显示工具条(&amp;B)：改写、扩写、精简…</translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message>
        <source>Not Saved</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Your last changes are not saved: {chapters}</source>
        <translation>最近的修改尚未保存：{chapters}</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>Quit Anyway</source>
        <translation>仍然退出</translation>
    </message>
    <message>
        <source>Do Not Quit</source>
        <translation>不退出</translation>
    </message>
    <message>
        <source>The text could not be kept elsewhere either: if you quit now, it is lost. Save a copy.</source>
        <translation>文本也无法另行存放：现在退出会丢失。请保存副本。</translation>
    </message>
    <message>
        <source>The text was put aside in {folder}. If you quit now, it is offered at the next start.</source>
        <translation>文本已另存于 {folder}。现在退出的话，下次启动时会提示你取回。</translation>
    </message>
</context>
<context>
    <name>UnstoredDialog</name>
    <message>
        <source>Not Stored</source>
        <translation>尚未存入</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>What the model wrote could not be stored: {chapters}</source>
        <translation>模型写的内容无法存入：{chapters}</translation>
    </message>
    <message>
        <source>The text that could not be stored</source>
        <translation>无法存入的文本</translation>
    </message>
    <message>
        <source>What the model wrote is stored by now.</source>
        <translation>模型写的内容现在已经保存好了。</translation>
    </message>
    <message>
        <source>It waits in its chapter for you to keep it.</source>
        <translation>它就在所属的章节里，等你决定是否保留。</translation>
    </message>
    <message>
        <source>It could not be put aside either: copy it, or save a copy, before you quit.</source>
        <translation>它也无法另行存放：请在退出前复制它，或保存副本。</translation>
    </message>
    <message>
        <source>It was put aside in {folder}. Arboris stores it as soon as that is possible; if you quit before, it is offered at the next start.</source>
        <translation>它已另存于 {folder}。一旦可以，Arboris 就会把它存入；如果你在此之前退出，下次启动时会提示你取回。</translation>
    </message>
    <message>
        <source>Copy the &amp;Text</source>
        <translation>复制文本(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save a Copy…</source>
        <translation>保存副本(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>The text is in the clipboard.</source>
        <translation>文本已在剪贴板中。</translation>
    </message>
</context>
<context>
    <name>UpdateBanner</name>
    <message>
        <source>Arboris Desktop {version} is available.</source>
        <translation>Arboris Desktop 有新版本 {version}。</translation>
    </message>
    <message>
        <source>What Is New</source>
        <translation>新增内容</translation>
    </message>
    <message>
        <source>Open the Download Page</source>
        <translation>打开下载页面</translation>
    </message>
    <message>
        <source>Skip This Version</source>
        <translation>跳过此版本</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不处理</translation>
    </message>
</context>
<context>
    <name>UpdatePage</name>
    <message>
        <source>&amp;Look for a newer version once a day</source>
        <translation>每天检查一次新版本(&amp;L)</translation>
    </message>
    <message>
        <source>Check &amp;Now</source>
        <translation>立即检查(&amp;N)</translation>
    </message>
    <message>
        <source>Result of the check</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Arboris then asks its update server which version is the newest. Nothing is sent but the request itself: no account, no number of this computer, nothing of your novels. Only an answer signed by its makers is believed. Nothing is ever downloaded or installed by itself.</source>
        <translation>开启后，Arboris 会向更新服务器询问最新版本。除请求本身外不发送任何内容：没有账号，没有本机标识，也没有小说内容。只采用带有开发者签名的回复。绝不会自动下载或安装任何内容。</translation>
    </message>
    <message>
        <source>This build has no update address, so it cannot look for newer versions.</source>
        <translation>此版本没有设置更新地址，因此无法检查新版本。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
</context>
<context>
    <name>UpdateWords</name>
    <message>
        <source>This build has no update address, so it cannot look.</source>
        <translation>此版本没有设置更新地址，无法检查。</translation>
    </message>
    <message>
        <source>The update server could not be reached. Check the network and try again.</source>
        <translation>无法连接更新服务器。请检查网络后重试。</translation>
    </message>
    <message>
        <source>No secure connection to the update server could be made. Check this computer&apos;s date. Nothing was believed.</source>
        <translation>无法与更新服务器建立安全连接。请检查本机日期。没有采用任何内容。</translation>
    </message>
    <message>
        <source>The answer is not signed by the makers of Arboris, so it was not believed.</source>
        <translation>返回的内容没有 Arboris 开发者的签名，因此没有采用。</translation>
    </message>
    <message>
        <source>The answer is too old to be believed. Check this computer&apos;s date, or try again later.</source>
        <translation>返回的内容已过期，因此没有采用。请检查本机日期，或稍后再试。</translation>
    </message>
    <message>
        <source>The answer is older than one that came before, so it was not believed. Try again later.</source>
        <translation>返回的内容比之前收到的还旧，因此没有采用。请稍后再试。</translation>
    </message>
    <message>
        <source>The answer of the update server cannot be read. Try again later.</source>
        <translation>无法读取更新服务器返回的内容。请稍后再试。</translation>
    </message>
    <message>
        <source>The result could not be stored. Try again later.</source>
        <translation>查到的结果无法保存。请稍后再试。</translation>
    </message>
    <message>
        <source>This is the newest version.</source>
        <translation>已是最新版本。</translation>
    </message>
    <message>
        <source>Version {version} is available.</source>
        <translation>有新版本 {version}。</translation>
    </message>
</context>
<context>
    <name>VolumeForm</name>
    <message>
        <source>Not saved: {reason}</source>
        <translation>未能保存：{reason}</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>卷名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Planned chapters</source>
        <translation>计划章数(&amp;P)</translation>
    </message>
    <message>
        <source>as many as there are</source>
        <translation>不限，有多少算多少</translation>
    </message>
    <message>
        <source>&amp;What happens</source>
        <translation>情节(&amp;W)</translation>
    </message>
    <message>
        <source>Where the volume begins, what changes for good, and how it ends.</source>
        <translation>本卷从哪里开始，什么从此改变，如何收束。</translation>
    </message>
</context>
<context>
    <name>VolumeReader</name>
    <message>
        <source>The volume as one scroll</source>
        <translation>整卷连读</translation>
    </message>
</context>
<context>
    <name>VolumeSection</name>
    <message>
        <source>Open this chapter in the first pane</source>
        <translation>在第一栏打开这一章</translation>
    </message>
    <message>
        <source>Not written yet.</source>
        <translation>尚未写。</translation>
    </message>
</context>
<context>
    <name>VolumesDialog</name>
    <message>
        <source>Plan volumes</source>
        <translation>规划分卷</translation>
    </message>
    <message>
        <source>&amp;Volumes</source>
        <translation>卷数(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Chapters in all</source>
        <translation>总章数(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Wishes</source>
        <translation>要求(&amp;W)</translation>
    </message>
    <message>
        <source>What the model should mind; may stay empty</source>
        <translation>希望模型注意什么；可以留空</translation>
    </message>
    <message>
        <source>Let the model plan</source>
        <translation>让模型规划</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>查看发送内容</translation>
    </message>
    <message>
        <source>The model divides the story into volumes. You see them here first.</source>
        <translation>模型会把故事分成若干卷，结果先显示在这里。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>卷名</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章数</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>情节</translation>
    </message>
    <message>
        <source>Planned volumes</source>
        <translation>规划的分卷</translation>
    </message>
    <message>
        <source>Use these volumes</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Taking them over replaces titles and summaries of the volumes there are, and puts each chapter into the volume where its number falls. Chapters keep their plans and texts; the change can be undone.</source>
        <translation>采用后会替换现有各卷的卷名和内容简介，各章按章号归入相应的卷。章节的细纲和正文不变，此操作可以撤销。</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Analysing: {chapter}</source>
        <translation>正在分析：{chapter}</translation>
    </message>
    <message>
        <source>Still analysing: {chapter}</source>
        <translation>仍在分析：{chapter}</translation>
    </message>
    <message>
        <source>Analysed: {chapter}</source>
        <translation>分析完成：{chapter}</translation>
    </message>
    <message>
        <source>Analysis failed: {chapter}</source>
        <translation>分析失败：{chapter}</translation>
    </message>
    <message>
        <source>The analysis of “{title}” has ended</source>
        <translation>《{title}》的分析已结束</translation>
    </message>
    <message numerus="yes">
        <source>%n chapters analysed</source>
        <translation>
            <numerusform>已分析 %n 章</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>已取消 %n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>You can go on writing meanwhile.</source>
        <translation>你可以继续写作。</translation>
    </message>
    <message numerus="yes">
        <source>%n new characters</source>
        <translation>
            <numerusform>%n 个新人物</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes in characters</source>
        <translation>
            <numerusform>%n 处人物变化</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n additions to the world</source>
        <translation>
            <numerusform>%n 条世界观补充</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seeds of foreshadowing</source>
        <translation>
            <numerusform>%n 处伏笔</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set aside as doubtful</source>
        <translation>
            <numerusform>%n 条存疑，已单独列出</numerusform>
        </translation>
    </message>
    <message>
        <source>It cost {amount}, more than your limit.</source>
        <translation>花费 {amount}，超过了你设定的上限。</translation>
    </message>
    <message>
        <source>There is nothing to analyse in this choice.</source>
        <translation>所选范围内没有需要分析的章节。</translation>
    </message>
    <message numerus="yes">
        <source>%n chapters</source>
        <translation>
            <numerusform>%n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>About {tokens} tokens.</source>
        <translation>约 {tokens} token。</translation>
    </message>
    <message>
        <source>{title}: {done} of {total} chapters analysed</source>
        <translation>{title}：已分析 {done}/{total} 章</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>失败 %n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>How long it takes is not known before the first analysis.</source>
        <translation>完成首次分析之前无法估计用时。</translation>
    </message>
    <message>
        <source>About {time}, by the last analyses.</source>
        <translation>按最近的分析估计，约需 {time}。</translation>
    </message>
    <message>
        <source>What it costs is not known: no prices are set.</source>
        <translation>尚未设置价格，无法估计费用。</translation>
    </message>
    <message>
        <source>About {cost}.</source>
        <translation>约 {cost}。</translation>
    </message>
    <message>
        <source>Nothing new was found.</source>
        <translation>没有发现新内容。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>{letter} · {angle}</source>
        <translation>{letter} · {angle}</translation>
    </message>
    <message>
        <source>{length} of {target}</source>
        <translation>{length} / {target}</translation>
    </message>
    <message>
        <source>Waiting for the model… {time}</source>
        <translation>等待模型… {time}</translation>
    </message>
    <message>
        <source>Writing · {length} · {time}</source>
        <translation>写作中 · {length} · {time}</translation>
    </message>
    <message>
        <source>Continued, since it is too short · {length} · {time}</source>
        <translation>篇幅不足，续写中 · {length} · {time}</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已采用</translation>
    </message>
    <message>
        <source>the end may be missing</source>
        <translation>结尾可能不全</translation>
    </message>
    <message>
        <source>Being written elsewhere</source>
        <translation>正在别处写作</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The text so far is kept. Let the model continue, keep it as it is, or discard it.</source>
        <translation>已写出的部分都留着。可以让模型接着写，照原样保留，或者放弃。</translation>
    </message>
    <message>
        <source>It has no text yet.</source>
        <translation>还没有写出内容。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>At rest</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Changes in characters</source>
        <translation>人物变化</translation>
    </message>
    <message>
        <source>How characters &amp;change</source>
        <translation>人物的变化(&amp;C)</translation>
    </message>
    <message>
        <source>New characters</source>
        <translation>新人物</translation>
    </message>
    <message>
        <source>Who is &amp;new</source>
        <translation>新出现的人物(&amp;N)</translation>
    </message>
    <message>
        <source>The world</source>
        <translation>世界观</translation>
    </message>
    <message>
        <source>What the &amp;world gains</source>
        <translation>世界观的扩展(&amp;W)</translation>
    </message>
    <message>
        <source>Foreshadowing</source>
        <translation>伏笔</translation>
    </message>
    <message>
        <source>Which seeds are &amp;planted</source>
        <translation>埋下的伏笔(&amp;P)</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Chapters and passages</source>
        <translation>章节与段落</translation>
    </message>
    <message>
        <source>Evaluation and reviews</source>
        <translation>评估与审稿</translation>
    </message>
    <message>
        <source>Summaries</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>势力</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Rule of the world</source>
        <translation>世界规则</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已采纳</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Quotation not found</source>
        <translation>未找到原文</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已否决</translation>
    </message>
    <message>
        <source>Written, waiting for analysis</source>
        <translation>已写，等待分析</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>分析中</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>已分析</translation>
    </message>
    <message>
        <source>Analysis failed</source>
        <translation>分析失败</translation>
    </message>
    <message>
        <source>Written, analysis cancelled</source>
        <translation>已写，分析已取消</translation>
    </message>
    <message>
        <source>Written, analysis at rest</source>
        <translation>已写，分析搁置</translation>
    </message>
    <message>
        <source>Chapter {number}</source>
        <translation>第 {number} 章</translation>
    </message>
    <message>
        <source>{number}. {title}</source>
        <translation>第 {number} 章 {title}</translation>
    </message>
    <message>
        <source>chapter {number}</source>
        <translation>第 {number} 章</translation>
    </message>
    <message>
        <source>{chapter} ({novel})</source>
        <translation>《{novel}》{chapter}</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>写作中</translation>
    </message>
    <message>
        <source>Unfinished draft</source>
        <translation>未完成草稿</translation>
    </message>
    <message>
        <source>{name} ({note})</source>
        <translation>{name}（{note}）</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>内置模型</translation>
    </message>
    <message>
        <source>{numbers} missing</source>
        <translation>缺第 {numbers} 章</translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s) to be planned</source>
        <translation>
            <numerusform>待规划 %n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>Has a draft</source>
        <translation>有草稿</translation>
    </message>
    <message>
        <source>No plan yet</source>
        <translation>尚无细纲</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>有细纲</translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a volume</source>
        <translation>未分卷</translation>
    </message>
    <message>
        <source>Volume {number}: {title}</source>
        <translation>第 {number} 卷 {title}</translation>
    </message>
    <message>
        <source>Volume {number}</source>
        <translation>第 {number} 卷</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写</translation>
    </message>
    <message>
        <source>{count} 字</source>
        <translation>{count} 字</translation>
    </message>
    <message numerus="yes">
        <source>{count} words</source>
        <translation>
            <numerusform>{count} 词</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message>
        <source>today, {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>yesterday, {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>{length} of your own</source>
        <translation>亲笔 {length}</translation>
    </message>
    <message>
        <source>{length} by a model</source>
        <translation>模型 {length}</translation>
    </message>
    <message>
        <source>{day}: {what}</source>
        <translation>{day}：{what}</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>Why: {reason}</source>
        <translation>缘由：{reason}</translation>
    </message>
    <message>
        <source>Opens the chapter at the quotation</source>
        <translation>打开章节并定位到引文</translation>
    </message>
    <message>
        <source>Accept: it counts as known</source>
        <translation>采纳：视为已知</translation>
    </message>
    <message>
        <source>Reject: it is wrong</source>
        <translation>否决：有误</translation>
    </message>
    <message>
        <source>Put it in your own words…</source>
        <translation>用你自己的话说…</translation>
    </message>
    <message>
        <source>{name} ({relation})</source>
        <translation>{name}（{relation}）</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>the analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>{action} (undone)</source>
        <translation>{action}（已撤销）</translation>
    </message>
    <message>
        <source>planted</source>
        <translation>埋设</translation>
    </message>
    <message>
        <source>advanced</source>
        <translation>推进</translation>
    </message>
    <message>
        <source>paid off</source>
        <translation>回收</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未回收</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>已推进</translation>
    </message>
    <message>
        <source>Paid off</source>
        <translation>已回收</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>alive or dead</source>
        <translation>生死</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>eye colour</source>
        <translation>眼睛颜色</translation>
    </message>
    <message>
        <source>hair colour</source>
        <translation>头发颜色</translation>
    </message>
    <message>
        <source>place</source>
        <translation>所在地</translation>
    </message>
    <message>
        <source>allegiance</source>
        <translation>所属势力</translation>
    </message>
    <message>
        <source>possession</source>
        <translation>持有之物</translation>
    </message>
    <message>
        <source>relationship</source>
        <translation>人物关系</translation>
    </message>
    <message>
        <source>main character</source>
        <translation>主要人物</translation>
    </message>
    <message>
        <source>supporting character</source>
        <translation>次要人物</translation>
    </message>
    <message>
        <source>mystery</source>
        <translation>谜团</translation>
    </message>
    <message>
        <source>prophecy</source>
        <translation>预言</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>暗示</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>新条目</translation>
    </message>
    <message>
        <source>Entry edited</source>
        <translation>编辑条目</translation>
    </message>
    <message>
        <source>Two entries merged</source>
        <translation>合并条目</translation>
    </message>
    <message>
        <source>Other names added</source>
        <translation>补充别名</translation>
    </message>
    <message>
        <source>Fact found</source>
        <translation>发现新内容</translation>
    </message>
    <message>
        <source>Fact found again</source>
        <translation>再次发现</translation>
    </message>
    <message>
        <source>Fact accepted</source>
        <translation>采纳内容</translation>
    </message>
    <message>
        <source>Fact rejected</source>
        <translation>否决内容</translation>
    </message>
    <message>
        <source>Fact edited</source>
        <translation>改写内容</translation>
    </message>
    <message>
        <source>planted in {chapter}</source>
        <translation>埋设于{chapter}</translation>
    </message>
    <message>
        <source>last touched in {chapter}</source>
        <translation>最近见于{chapter}</translation>
    </message>
    <message>
        <source>paid off in {chapter}</source>
        <translation>回收于{chapter}</translation>
    </message>
    <message>
        <source>due in chapter {chapter}</source>
        <translation>应在第 {chapter} 章回收</translation>
    </message>
    <message>
        <source>{name} is dead, yet acts or speaks in a later chapter.</source>
        <translation>{name}已死，却在之后的章节中行动或说话。</translation>
    </message>
    <message>
        <source>{name}: two passages differ ({attribute}).</source>
        <translation>{name}：两处原文不一致（{attribute}）。</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>由你决定</translation>
    </message>
    <message>
        <source>confidence {percent} %</source>
        <translation>置信度 {percent}%</translation>
    </message>
    <message>
        <source>its quotation is no longer in the chapter</source>
        <translation>原文已不在章节中</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>扩写</translation>
    </message>
    <message>
        <source>Condense</source>
        <translation>精简</translation>
    </message>
    <message>
        <source>Improve the dialogue</source>
        <translation>改进对白</translation>
    </message>
    <message>
        <source>Improve the setting</source>
        <translation>改进场景描写</translation>
    </message>
    <message>
        <source>Deepen the inner life</source>
        <translation>加深内心描写</translation>
    </message>
    <message>
        <source>Improve the rhythm</source>
        <translation>改进节奏</translation>
    </message>
    <message>
        <source>Plan followed</source>
        <translation>贴合细纲</translation>
    </message>
    <message>
        <source>Consistent</source>
        <translation>自身一致</translation>
    </message>
    <message>
        <source>Fits what came before</source>
        <translation>承接前文</translation>
    </message>
    <message>
        <source>Rules kept</source>
        <translation>遵守写作规则</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>书名</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>目标读者</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>文风</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>基调</translation>
    </message>
    <message>
        <source>Summary in one sentence</source>
        <translation>一句话简介</translation>
    </message>
    <message>
        <source>Synopsis</source>
        <translation>故事梗概</translation>
    </message>
    <message>
        <source>Rules of the world, one a line</source>
        <translation>世界规则，一行一条</translation>
    </message>
    <message>
        <source>Key locations</source>
        <translation>关键地点</translation>
    </message>
    <message>
        <source>Factions</source>
        <translation>势力</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Relationships</source>
        <translation>人物关系</translation>
    </message>
    <message>
        <source>The book</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Personality</source>
        <translation>性格</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Abilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>To the protagonist</source>
        <translation>与主角的关系</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>对谁</translation>
    </message>
    <message>
        <source>(nobody yet)</source>
        <translation>（尚未选人）</translation>
    </message>
    <message>
        <source>(no name yet)</source>
        <translation>（尚未命名）</translation>
    </message>
    <message>
        <source>Tension</source>
        <translation>张力</translation>
    </message>
    <message>
        <source>Praise</source>
        <translation>优点</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>A fan of the genre</source>
        <translation>热爱这一类型的读者</translation>
    </message>
    <message>
        <source>An impatient reader</source>
        <translation>没有耐心的读者</translation>
    </message>
    <message>
        <source>A careful reader</source>
        <translation>细心的读者</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在写</translation>
    </message>
    <message>
        <source>comparing the candidates</source>
        <translation>正在比较候选稿</translation>
    </message>
    <message>
        <source>waiting for the analysis</source>
        <translation>正在等待分析</translation>
    </message>
    <message>
        <source>trying again shortly</source>
        <translation>稍后重试</translation>
    </message>
    <message>
        <source>the candidates could not be compared: the first is taken</source>
        <translation>候选稿无法比较，已采用第一份</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>已存入</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>The program ended while it was running. Nothing is lost; continue when you like.</source>
        <translation>运行中程序曾关闭。没有丢失任何内容，可随时继续。</translation>
    </message>
    <message>
        <source>The candidates are ready: choose one, then continue.</source>
        <translation>候选稿已写好：请选定一份，然后继续。</translation>
    </message>
    <message>
        <source>The token limit is reached. Continue with a higher one, or stop here.</source>
        <translation>已达到 token 上限。可提高上限后继续，或到此为止。</translation>
    </message>
    <message>
        <source>The cost limit is reached. Continue with a higher one, or stop here.</source>
        <translation>已达到费用上限。可提高上限后继续，或到此为止。</translation>
    </message>
    <message>
        <source>The time limit is reached. Continue with a higher one, or stop here.</source>
        <translation>已达到时间上限。可提高上限后继续，或到此为止。</translation>
    </message>
    <message>
        <source>The last chapter contradicts the codex. Look at the codex&apos;s review list, then continue.</source>
        <translation>最新一章与设定集矛盾。请查看设定集的待审列表，然后继续。</translation>
    </message>
    <message>
        <source>The analysis of the last chapter failed. Look at the task panel; continue without it, or retry it first.</source>
        <translation>最新一章的分析失败。请查看后台任务；可先重试，也可直接继续。</translation>
    </message>
    <message>
        <source>The spending limit of Settings → Costs is reached. Raise it there, then continue.</source>
        <translation>已达到“设置 → 费用”中的花费上限。请在那里提高上限，然后继续。</translation>
    </message>
    <message>
        <source>The chapter cannot be written just now: another window or command may be writing it. Continue when that is done.</source>
        <translation>本章暂时无法写作：可能另一个窗口或命令正在写它。等它结束后再继续。</translation>
    </message>
    <message>
        <source>The model does not answer properly. What is written is safe.</source>
        <translation>模型没有正常回应。已写好的内容是安全的。</translation>
    </message>
    <message>
        <source>The database cannot be written. What is written is safe.</source>
        <translation>数据库无法写入。已写好的内容是安全的。</translation>
    </message>
    <message numerus="yes">
        <source>{count} token(s)</source>
        <translation>
            <numerusform>{count} token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n chapter(s) of the run are written.</source>
        <translation>
            <numerusform>本次的 %n 章已全部写好。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was ended after %n chapter(s).</source>
        <translation>
            <numerusform>写了 %n 章后结束。</numerusform>
        </translation>
    </message>
    <message>
        <source>Genre and readers</source>
        <translation>类型与读者</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Protagonist</source>
        <translation>主角</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>World</source>
        <translation>世界</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>结局</translation>
    </message>
    <message>
        <source>What kind of book, and for whom</source>
        <translation>是什么样的书，写给谁看</translation>
    </message>
    <message>
        <source>What it is about beneath the plot</source>
        <translation>情节之下真正要写的是什么</translation>
    </message>
    <message>
        <source>Who it is about, and what they want</source>
        <translation>写的是谁，他想要什么</translation>
    </message>
    <message>
        <source>What stands in the way</source>
        <translation>是什么挡在前面</translation>
    </message>
    <message>
        <source>Where and when, and its rules</source>
        <translation>何时何地，那里有什么规矩</translation>
    </message>
    <message>
        <source>Where it leads</source>
        <translation>故事走向哪里</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>尚未确定</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已确定</translation>
    </message>
    <message>
        <source>Left open</source>
        <translation>有意留白</translation>
    </message>
    <message>
        <source>as planned</source>
        <translation>依照细纲</translation>
    </message>
    <message>
        <source>led by action</source>
        <translation>以行动推进</translation>
    </message>
    <message>
        <source>led by dialogue</source>
        <translation>以对白推进</translation>
    </message>
    <message>
        <source>place and senses</source>
        <translation>环境与感官</translation>
    </message>
    <message>
        <source>inner life</source>
        <translation>内心</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>细纲</translation>
    </message>
    <message>
        <source>Continuity</source>
        <translation>连贯</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>About the novel</source>
        <translation>作品设定</translation>
    </message>
    <message>
        <source>Voice and rules</source>
        <translation>叙述口吻与写作规则</translation>
    </message>
    <message>
        <source>The story so far</source>
        <translation>全书前情</translation>
    </message>
    <message>
        <source>This volume so far</source>
        <translation>本卷前情</translation>
    </message>
    <message>
        <source>The last chapters</source>
        <translation>最近几章</translation>
    </message>
    <message>
        <source>From the codex</source>
        <translation>设定集</translation>
    </message>
    <message>
        <source>Open foreshadowing</source>
        <translation>未回收的伏笔</translation>
    </message>
    <message>
        <source>Earlier passages</source>
        <translation>相关前文</translation>
    </message>
    <message>
        <source>The next plans</source>
        <translation>后续细纲</translation>
    </message>
    <message>
        <source>The end of the previous chapter</source>
        <translation>上一章的结尾</translation>
    </message>
    <message>
        <source>In one sentence</source>
        <translation>一句话概括</translation>
    </message>
    <message>
        <source>Rules of the world</source>
        <translation>世界规则</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>叙述口吻</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>写作规则</translation>
    </message>
    <message>
        <source>Style sample</source>
        <translation>文风样本</translation>
    </message>
    <message>
        <source>for every chapter</source>
        <translation>每章都放入</translation>
    </message>
    <message>
        <source>comes before</source>
        <translation>前文</translation>
    </message>
    <message>
        <source>comes next</source>
        <translation>后文细纲</translation>
    </message>
    <message>
        <source>named in the plan: {words}</source>
        <translation>细纲提到：{words}</translation>
    </message>
    <message>
        <source>named where the previous chapter ends: {words}</source>
        <translation>上一章结尾提到：{words}</translation>
    </message>
    <message>
        <source>last seen in {chapter}</source>
        <translation>最近出现于{chapter}</translation>
    </message>
    <message>
        <source>overdue, open since {chapter}</source>
        <translation>逾期未回收，埋于{chapter}</translation>
    </message>
    <message>
        <source>due by {chapter}</source>
        <translation>应在{chapter}前回收</translation>
    </message>
    <message>
        <source>open since {chapter}</source>
        <translation>埋于{chapter}，尚未回收</translation>
    </message>
    <message>
        <source>matches the plan: {words}</source>
        <translation>与细纲相关：{words}</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>逾期未回收</translation>
    </message>
    <message>
        <source>open</source>
        <translation>尚未回收</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>尚未出现</translation>
    </message>
    <message>
        <source>no room</source>
        <translation>篇幅不够</translation>
    </message>
    <message>
        <source>enough of its kind</source>
        <translation>同类内容已足够</translation>
    </message>
    <message>
        <source>excluded by you</source>
        <translation>你已排除</translation>
    </message>
    <message>
        <source>Chapters {first} to {last}</source>
        <translation>第 {first} 至 {last} 章</translation>
    </message>
    <message>
        <source>pinned by you</source>
        <translation>你已固定</translation>
    </message>
    <message>
        <source>shortened</source>
        <translation>有删节</translation>
    </message>
    <message>
        <source>Write a chapter</source>
        <translation>撰写章节</translation>
    </message>
    <message>
        <source>Continue a chapter</source>
        <translation>续写章节</translation>
    </message>
    <message>
        <source>Compare candidates</source>
        <translation>比较候选稿</translation>
    </message>
    <message>
        <source>Revise a passage</source>
        <translation>修改段落</translation>
    </message>
    <message>
        <source>Sum up a chapter</source>
        <translation>概括章节</translation>
    </message>
    <message>
        <source>Sum up the story so far</source>
        <translation>概括前情</translation>
    </message>
    <message>
        <source>Find changes in characters</source>
        <translation>查找人物变化</translation>
    </message>
    <message>
        <source>Find new characters</source>
        <translation>查找新人物</translation>
    </message>
    <message>
        <source>Find what the world gains</source>
        <translation>查找世界新设定</translation>
    </message>
    <message>
        <source>Find foreshadowing</source>
        <translation>查找伏笔</translation>
    </message>
    <message>
        <source>Analyse a chapter in one question</source>
        <translation>一次提问分析整章</translation>
    </message>
    <message>
        <source>Review a chapter</source>
        <translation>为章节审稿</translation>
    </message>
    <message>
        <source>Read as a reader would</source>
        <translation>模拟读者阅读</translation>
    </message>
    <message>
        <source>Check the rules</source>
        <translation>检查写作规则</translation>
    </message>
    <message>
        <source>Measure feeling and pace</source>
        <translation>分析情绪与节奏</translation>
    </message>
    <message>
        <source>Talk about the idea</source>
        <translation>探讨构思</translation>
    </message>
    <message>
        <source>Write the idea down</source>
        <translation>写下构思</translation>
    </message>
    <message>
        <source>Blueprint: title, genre and tone</source>
        <translation>蓝图：书名、类型与基调</translation>
    </message>
    <message>
        <source>Blueprint: synopsis</source>
        <translation>蓝图：故事梗概</translation>
    </message>
    <message>
        <source>Blueprint: the world</source>
        <translation>蓝图：世界设定</translation>
    </message>
    <message>
        <source>Blueprint: characters</source>
        <translation>蓝图：人物</translation>
    </message>
    <message>
        <source>Blueprint: relationships</source>
        <translation>蓝图：人物关系</translation>
    </message>
    <message>
        <source>Blueprint: a single field</source>
        <translation>蓝图：单个栏目</translation>
    </message>
    <message>
        <source>Blueprint: change a text</source>
        <translation>蓝图：修改文字</translation>
    </message>
    <message>
        <source>Blueprint: change a list</source>
        <translation>蓝图：修改列表</translation>
    </message>
    <message>
        <source>Plan volumes</source>
        <translation>规划分卷</translation>
    </message>
    <message>
        <source>Plan chapters</source>
        <translation>规划章节</translation>
    </message>
    <message>
        <source>Plan one chapter</source>
        <translation>规划单章</translation>
    </message>
    <message>
        <source>Split a chapter&apos;s plan</source>
        <translation>拆分章节细纲</translation>
    </message>
    <message>
        <source>Repair the form of an answer</source>
        <translation>修复回答格式</translation>
    </message>
    <message>
        <source>Sent each time a chapter is written from its plan.</source>
        <translation>每次依照细纲撰写章节时发送。</translation>
    </message>
    <message>
        <source>Sent to continue a chapter that was cut off or is too short.</source>
        <translation>续写中断或篇幅不足的章节时发送。</translation>
    </message>
    <message>
        <source>Sent when several versions of a chapter are compared.</source>
        <translation>比较同一章的多份候选稿时发送。</translation>
    </message>
    <message>
        <source>Sent when you have a passage rewritten, expanded, condensed or improved.</source>
        <translation>改写、扩写、精简或改进一段文字时发送。</translation>
    </message>
    <message>
        <source>Sent after a chapter is written; later chapters are told the answer.</source>
        <translation>章节写成后发送；其回答会告知后面的章节。</translation>
    </message>
    <message>
        <source>Sent every ten chapters or so, to sum up parts, volumes and the book.</source>
        <translation>大约每十章发送一次，用来概括各部分、各卷和全书。</translation>
    </message>
    <message>
        <source>Sent when an answer cannot be read by the program.</source>
        <translation>程序无法读取回答时发送。</translation>
    </message>
    <message>
        <source>Sent when a chapter is analysed, for the codex.</source>
        <translation>分析章节、更新设定集时发送。</translation>
    </message>
    <message>
        <source>Sent when you have a chapter or the book reviewed.</source>
        <translation>为章节或全书审稿时发送。</translation>
    </message>
    <message>
        <source>Sent when the outline is made or changed.</source>
        <translation>生成或修改大纲时发送。</translation>
    </message>
    <message>
        <source>Sent while you work out what the novel should be.</source>
        <translation>与你一起构思小说时发送。</translation>
    </message>
    <message>
        <source>Sent when the blueprint is made or changed.</source>
        <translation>生成或修改蓝图时发送。</translation>
    </message>
    <message>
        <source>Sent to the model for one of its tasks.</source>
        <translation>执行某项任务时发送给模型。</translation>
    </message>
    <message>
        <source>the title of the novel</source>
        <translation>书名</translation>
    </message>
    <message>
        <source>what the novel is about, as you wrote it</source>
        <translation>你写的故事核心</translation>
    </message>
    <message>
        <source>the style, as you wrote it</source>
        <translation>你写的文风</translation>
    </message>
    <message>
        <source>the number of the chapter</source>
        <translation>章号</translation>
    </message>
    <message>
        <source>the title of the chapter</source>
        <translation>章名</translation>
    </message>
    <message>
        <source>the plan of the chapter</source>
        <translation>本章细纲</translation>
    </message>
    <message>
        <source>the text of the chapter, or a part of it</source>
        <translation>本章正文或其中一部分</translation>
    </message>
    <message>
        <source>what came before in the book (see “What the Model Is Told”)</source>
        <translation>前情备忘（见“上下文预览”）</translation>
    </message>
    <message>
        <source>the wanted length</source>
        <translation>期望篇幅</translation>
    </message>
    <message>
        <source>your wishes for this version</source>
        <translation>你对这一版的要求</translation>
    </message>
    <message>
        <source>the end of the text so far</source>
        <translation>已写部分的结尾</translation>
    </message>
    <message>
        <source>the characters in the codex</source>
        <translation>设定集中的人物</translation>
    </message>
    <message>
        <source>places, groups, things and rules in the codex</source>
        <translation>设定集中的地点、势力、物品和规则</translation>
    </message>
    <message>
        <source>seeds that are not paid off</source>
        <translation>尚未回收的伏笔</translation>
    </message>
    <message>
        <source>summaries of what came before</source>
        <translation>前文摘要</translation>
    </message>
    <message>
        <source>from which chapter to which</source>
        <translation>起止章节</translation>
    </message>
    <message>
        <source>what is wrong with the answer</source>
        <translation>回答的问题所在</translation>
    </message>
    <message>
        <source>the form that the answer must have</source>
        <translation>回答应有的格式</translation>
    </message>
    <message>
        <source>the answer that cannot be read</source>
        <translation>无法读取的回答</translation>
    </message>
    <message>
        <source>voice, style samples and rules</source>
        <translation>叙述口吻、文风样本和写作规则</translation>
    </message>
    <message>
        <source>the rules of the novel</source>
        <translation>本书的写作规则</translation>
    </message>
    <message>
        <source>the text before the passage</source>
        <translation>段落之前的文字</translation>
    </message>
    <message>
        <source>the passage</source>
        <translation>该段文字</translation>
    </message>
    <message>
        <source>the text after the passage</source>
        <translation>段落之后的文字</translation>
    </message>
    <message>
        <source>what is to be done</source>
        <translation>要做的事</translation>
    </message>
    <message>
        <source>what you asked for</source>
        <translation>你的要求</translation>
    </message>
    <message>
        <source>the plan</source>
        <translation>细纲</translation>
    </message>
    <message>
        <source>what happened before</source>
        <translation>此前发生的事</translation>
    </message>
    <message>
        <source>whom the model plays</source>
        <translation>模型扮演的读者</translation>
    </message>
    <message>
        <source>the versions to compare</source>
        <translation>待比较的候选稿</translation>
    </message>
    <message>
        <source>the blueprint of the novel</source>
        <translation>本书蓝图</translation>
    </message>
    <message>
        <source>what you settled about the novel</source>
        <translation>你为小说定下的要点</translation>
    </message>
    <message>
        <source>the idea you began with</source>
        <translation>最初的想法</translation>
    </message>
    <message>
        <source>what is to be made</source>
        <translation>要生成的内容</translation>
    </message>
    <message>
        <source>how it is now</source>
        <translation>现有内容</translation>
    </message>
    <message>
        <source>what was said so far</source>
        <translation>此前的对话</translation>
    </message>
    <message>
        <source>what is not settled yet</source>
        <translation>尚未确定的内容</translation>
    </message>
    <message>
        <source>what you left to the model</source>
        <translation>你交给模型决定的内容</translation>
    </message>
    <message>
        <source>what is settled</source>
        <translation>已确定的内容</translation>
    </message>
    <message>
        <source>the novel and its outline</source>
        <translation>小说及其大纲</translation>
    </message>
    <message>
        <source>the outline</source>
        <translation>细纲</translation>
    </message>
    <message>
        <source>the letters of the versions</source>
        <translation>各候选稿的字母</translation>
    </message>
    <message>
        <source>a code that marks the versions</source>
        <translation>标记各候选稿的代码</translation>
    </message>
    <message>
        <source>how many are wanted</source>
        <translation>需要的数量</translation>
    </message>
    <message>
        <source>how many there are in all</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>which chapters</source>
        <translation>哪些章</translation>
    </message>
    <message>
        <source>the chapter</source>
        <translation>该章</translation>
    </message>
    <message>
        <source>The lines “# system” and “# user” must both be there, in this order.</source>
        <translation>“# system”和“# user”两行必须都在，并按此顺序。</translation>
    </message>
    <message>
        <source>One of the two sections is empty.</source>
        <translation>两个部分中有一个是空的。</translation>
    </message>
    <message>
        <source>A dollar sign stands alone. Write $$ for a literal dollar sign.</source>
        <translation>有单独的美元符号。若确实要写美元符号，请写成 $$。</translation>
    </message>
    <message>
        <source>${name} has no meaning in this prompt.</source>
        <translation>这条提示词里没有 ${name} 可对应的内容。</translation>
    </message>
    <message>
        <source>${name} is not used: the model will not learn {meaning}.</source>
        <translation>没有用到 ${name}：模型将不知道{meaning}。</translation>
    </message>
    <message>
        <source>Some lines with $mark are missing: words of the book could be taken for instructions.</source>
        <translation>带 $mark 的行不完整：书中的文字可能被当成指令。</translation>
    </message>
    <message>
        <source>This chapter is being written already.</source>
        <translation>这一章已经在写了。</translation>
    </message>
    <message>
        <source>Candidates of this chapter are being written.</source>
        <translation>正在写这一章的候选稿。</translation>
    </message>
    <message>
        <source>A continuation of this chapter is being written.</source>
        <translation>正在写这一章的续写。</translation>
    </message>
    <message>
        <source>A passage of this chapter is being revised.</source>
        <translation>正在修改这一章的一段文字。</translation>
    </message>
    <message>
        <source>The auto-writer is writing this chapter.</source>
        <translation>自动写作正在写这一章。</translation>
    </message>
    <message>
        <source>Another window of Arboris is writing this chapter (process {process}).</source>
        <translation>另一个 Arboris 窗口正在写这一章（进程 {process}）。</translation>
    </message>
    <message>
        <source>A command in a terminal is writing this chapter (process {process}).</source>
        <translation>终端里的一个命令正在写这一章（进程 {process}）。</translation>
    </message>
    <message>
        <source>Wait until that is done, or stop it: Chapter → Stop Writing.</source>
        <translation>请等它写完，或先停止：章节 → 停止写作。</translation>
    </message>
    <message>
        <source>Wait until that is done, or stop it there.</source>
        <translation>请等它写完，或在那边停止。</translation>
    </message>
    <message>
        <source>Prompt: {name}</source>
        <translation>提示词：{name}</translation>
    </message>
    <message>
        <source>The voice that tells the story</source>
        <translation>讲述故事的口吻</translation>
    </message>
    <message>
        <source>A sample of style</source>
        <translation>文风范例</translation>
    </message>
    <message>
        <source>A rule for every chapter</source>
        <translation>每一章的写作规则</translation>
    </message>
    <message>
        <source>Waiting for the model to be free, {time}</source>
        <translation>正在排队等待模型，{time}</translation>
    </message>
    <message>
        <source>The model is thinking, {time}</source>
        <translation>模型正在思考，{time}</translation>
    </message>
    <message>
        <source>The model is reading the prompt, {time}</source>
        <translation>模型正在读提示词，{time}</translation>
    </message>
    <message>
        <source>The model is reading the prompt, {percent} %, {time}</source>
        <translation>模型正在读提示词，{percent}%，{time}</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Waiting: its batch is paused</source>
        <translation>等待中：所属批次已暂停</translation>
    </message>
    <message>
        <source>Next attempt: {time}</source>
        <translation>将重试：{time}</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>The passage is gone</source>
        <translation>原文已不在</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>标为已解决</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Your comment</source>
        <translation>你的批注</translation>
    </message>
    <message>
        <source>Opens the chapter at the passage</source>
        <translation>打开这一章，转到这段文字</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>无法读取文件：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Idea</source>
        <translation>灵感</translation>
    </message>
    <message>
        <source>Blueprint</source>
        <translation>蓝图</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审稿</translation>
    </message>
    <message>
        <source>Stages of the book</source>
        <translation>成书的各个阶段</translation>
    </message>
    <message>
        <source>{name} (Alt+{number})</source>
        <translation>{name}（Alt+{number}）</translation>
    </message>
</context>
<context>
    <name>WriteButton</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Let the model write: a chapter, a continuation, or again</source>
        <translation>让模型写作：写一章、续写或改写</translation>
    </message>
</context>
<context>
    <name>WritingPage</name>
    <message>
        <source>&amp;Length of a chapter</source>
        <translation>章节字数(&amp;L)</translation>
    </message>
    <message>
        <source>usual for the language</source>
        <translation>按语言的常用值</translation>
    </message>
    <message>
        <source>In words, or in characters for a Chinese novel; usual are {words} words, and {characters} characters. Models take it as a hint.</source>
        <translation>英文按词数，中文按字数；常用值为 {words} 词、{characters} 字。模型只把它当作参考。</translation>
    </message>
    <message>
        <source>&amp;Continue chapters that are too short</source>
        <translation>续写过短的章节(&amp;C)</translation>
    </message>
    <message>
        <source>by the model</source>
        <translation>按模型而定</translation>
    </message>
    <message>
        <source>Until the length is reached, three times at most. Each time is a call.</source>
        <translation>直到达到所需篇幅，最多三次；每次都是一次调用。</translation>
    </message>
    <message>
        <source>&amp;Versions side by side</source>
        <translation>并排生成的候选稿数(&amp;V)</translation>
    </message>
    <message>
        <source>They are written at once and you choose; with one, there is no choice. By the model means two, or one where the model answers one call at a time, as on this computer.</source>
        <translation>同时生成，由你挑选；只有一份时无需选择。“按模型而定”指两份；模型一次只应答一个请求时（例如在本机上）为一份。</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> token</translation>
    </message>
    <message>
        <source>Context from the &amp;book</source>
        <translation>写作时提供的前文(&amp;B)</translation>
    </message>
    <message>
        <source>The maximum that is sent about the book with a chapter: people, plans, summaries, passages. More can help with a large model; it is paid for with each chapter.</source>
        <translation>写每一章时最多向模型提供多少关于本书的内容：人物、细纲、摘要、相关段落。大模型可以多给一些，但每写一章都要为此付费。</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>温度（随机性）(&amp;T)</translation>
    </message>
    <message>
        <source>Low is steady and plain, high is surprising and sometimes confused.</source>
        <translation>低则平稳朴素，高则出人意料，有时混乱。</translation>
    </message>
</context>
<context>
    <name>_BesideText</name>
    <message>
        <source>Text in the second pane</source>
        <translation>第二栏中的正文</translation>
    </message>
</context>
<context>
    <name>_CombineBox</name>
    <message>
        <source>Several Files</source>
        <translation>多个文件</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), in this order:</source>
        <translation>
            <numerusform>%n 个文件，按这个顺序：</numerusform>
        </translation>
    </message>
    <message>
        <source>As &amp;One Novel</source>
        <translation>作为一部小说(&amp;O)</translation>
    </message>
    <message>
        <source>A Novel &amp;Each</source>
        <translation>每个文件一部(&amp;E)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
</TS>
