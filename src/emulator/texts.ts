/** A text of the preview page: Chinese for the editor, English in small beside it. */
export interface Text {
  readonly zh: string
  readonly en: string
}

const text = (zh: string, en: string): Text => ({ zh, en })

/** Everything that the preview page says, except the names of districts, which are the app's own. */
export const texts = {
  title: text('电视预览', 'TV preview'),
  intro: text('与机顶盒上完全相同的应用', 'the same app as on the box'),

  live: text('已连接，保存改动后自动刷新', 'connected, reloads on change'),
  newApp: text('程序有改动，已重新开机', 'the app changed and restarted'),
  newFeed: text('内容有改动，机顶盒正在更新', 'new content, the box is updating'),
  stopped: text('预览服务已停止，正在重新连接……', 'server stopped, reconnecting…'),

  television: text('电视画面', 'television'),
  keysToTv: text('键盘正在操作电视', 'keyboard is on the TV'),
  keysElsewhere: text('点一下画面，键盘就回到电视', 'click the picture to use the keyboard there'),
  left: text('已离开应用，机顶盒回到直播', 'left the app'),
  enterAgain: text('按遥控器任意键重新进入', 'any key to enter again'),

  remote: text('遥控器', 'remote control'),
  up: text('上', 'up'),
  down: text('下', 'down'),
  leftKey: text('左', 'left'),
  rightKey: text('右', 'right'),
  ok: text('确定', 'OK'),
  back: text('返回', 'Back'),
  home: text('首页', 'Home'),
  info: text('信息', 'Info'),
  pageUp: text('上页', 'Page up'),
  pageDown: text('下页', 'Page down'),
  turnPage: text('翻页', 'page'),

  keyboard: text('键盘对应', 'keyboard'),
  arrows: text('移动', 'move'),
  enterKey: text('回车', 'Enter'),

  picture: text('画面', 'picture'),
  resolution: text('分辨率', 'resolution'),
  renderer: text('绘制方式', 'renderer'),
  rendererAuto: text('自动', 'auto'),
  district: text('区县', 'district'),
  language: text('语言', 'language'),
  chinese: text('中文', 'Chinese'),
  english: text('英文', 'English'),

  network: text('网络', 'network'),
  normal: text('正常', 'normal'),
  offline: text('断网', 'offline'),
  forged: text('改动一个字节', 'one byte changed'),
  slow: text('很慢', 'very slow'),
  checkNow: text('立即检查更新', 'check now'),
  checking: text('已让机顶盒检查更新', 'the box is checking'),
  networkUnknown: text('没能切换网络：预览服务没有应答', 'not switched: no answer from the server'),

  box: text('机顶盒', 'set-top box'),
  savePicture: text('保存画面', 'save picture'),
  saved: text('画面已保存到下载文件夹', 'picture saved'),
  emptyBox: text('清空机顶盒', 'empty'),
  emptied: text('机顶盒已清空，重新开机', 'emptied and restarted'),
  notEmptied: text('没能清空：请关闭其他预览窗口后再试', 'not emptied: close other preview windows'),
  restart: text('重新开机', 'restart'),

  open: text('打开内容', 'open a record'),
  recordId: text('记录编号', 'record id'),
  openIt: text('打开', 'open'),
  recordHelp: text('编号在内容文件的第一行；留空则回到首页', 'first line of the file; empty for home'),
  notAnId: text('编号只有小写字母、数字、连字符和点', 'lower-case letters, digits, hyphens, dots'),

  outline: text('屏幕上的文字', 'what a screen reader says'),
  starting: text('应用正在启动……', 'starting…'),
  silent: text('应用没有启动，请看终端里的说明', 'the app did not start, see the terminal'),
} as const satisfies Record<string, Text>
