; The Windows installer: for one user, without administrator's rights. `installer.py` compiles it.
;
; Defined on the command line: NAME, COMMAND, PUBLISHER, VERSION, NUMBERS (1.2.3.4), STAGE (the
; frozen folder), OUTFILE, ICON, LICENCE, SUFFIX (".arboris") and TYPE (its MIME type), and SIGN (a
; command that signs the file named after it) when there is a key.
;
; Books lie in %LOCALAPPDATA%\Arboris Desktop. Nothing here names that folder: neither an upgrade
; nor the uninstaller touches them.

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
; Two builds of one commit make the same installer: the times of its files stay out of it.
SetDateSave off

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define WINDOW "${NAME}.exe"
!define CONSOLE "${COMMAND}.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\ArborisDesktop"
; What Windows calls a novel's file, for this user only.
!define PROGID "ArborisDesktop.Novel.1"
!define CLASSES "Software\Classes"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

Name "${NAME}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
; An upgrade goes where the older version is.
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}. MIT licence."

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString RUNNING ${LANG_ENGLISH} "${NAME} is running. Quit it (also in the tray), then retry."
LangString RUNNING ${LANG_SIMPCHINESE} "${NAME} 正在运行。请退出（包括托盘中的）后重试。"
LangString PROGRAM ${LANG_ENGLISH} "${NAME}"
LangString PROGRAM ${LANG_SIMPCHINESE} "${NAME}"
LangString NOVEL ${LANG_ENGLISH} "Arboris novel"
LangString NOVEL ${LANG_SIMPCHINESE} "Arboris 小说"
LangString SHORTCUT ${LANG_ENGLISH} "Shortcut on the desktop"
LangString SHORTCUT ${LANG_SIMPCHINESE} "桌面快捷方式"
LangString AUTOSTART ${LANG_ENGLISH} "Start in the tray when I sign in"
LangString AUTOSTART ${LANG_SIMPCHINESE} "登录时在托盘中启动"

; A program that runs holds its file: Windows does not let it be opened for writing.
!macro WaitUntilClosed prefix
Function ${prefix}WaitUntilClosed
  retry:
  IfFileExists "$INSTDIR\${WINDOW}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${WINDOW}" a
  IfErrors 0 writable
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY retry
    SetErrorLevel 1
    Abort
  writable:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

; Only what an installation brought, by name: the author may have put other things beside it.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${CONSOLE}"
!macroend

Section "$(PROGRAM)" SectionProgram
  SectionIn RO
  Call WaitUntilClosed
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}"

  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "$(NOVEL)"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" '"$INSTDIR\${WINDOW}",0'
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}" "Content Type" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROGID}" ""
  ${RefreshShellIcons}

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section /o "$(SHORTCUT)" SectionShortcut
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${WINDOW}"
SectionEnd

Section /o "$(AUTOSTART)" SectionAutostart
  WriteRegStr HKCU "${RUN}" "ArborisDesktop" '"$INSTDIR\${WINDOW}" --tray'
SectionEnd

; What an upgrade is told not to have any more.
Section "-"
  ${IfNot} ${SectionIsSelected} ${SectionShortcut}
    Delete "$DESKTOP\${NAME}.lnk"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${SectionAutostart}
    DeleteRegValue HKCU "${RUN}" "ArborisDesktop"
  ${EndIf}
SectionEnd

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
  ; An upgrade keeps what was chosen before.
  ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
    !insertmacro SelectSection ${SectionShortcut}
  ${EndIf}
  ReadRegStr $0 HKCU "${RUN}" "ArborisDesktop"
  ${If} $0 != ""
    !insertmacro SelectSection ${SectionAutostart}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  ; Without /r: the folder goes only when nothing else is in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegValue HKCU "${RUN}" "ArborisDesktop"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROGID}"
  ; Another program may have taken the files over since.
  ReadRegStr $0 HKCU "${CLASSES}\${SUFFIX}" ""
  ${If} $0 == "${PROGID}"
    DeleteRegKey HKCU "${CLASSES}\${SUFFIX}"
  ${EndIf}
  ${RefreshShellIcons}
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
